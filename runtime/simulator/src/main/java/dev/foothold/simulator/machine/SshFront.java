package dev.foothold.simulator.machine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.random.JceRandomFactory;
import org.apache.sshd.common.random.SingletonRandomFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.threads.SshThreadPoolExecutor;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.jspecify.annotations.Nullable;

/**
 * The SSH server of all machines of one cloud: one acceptor that is bound to many addresses, so an idle machine costs a
 * socket and nothing else. The address that a client came to says which machine it speaks to.
 */
final class SshFront implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final AttributeKey<Boolean> FAILED_LOGIN = new AttributeKey<>();
    private static final AttributeKey<Boolean> TURNED_AWAY = new AttributeKey<>();
    private static final AtomicInteger FRONTS = new AtomicInteger();

    private final Map<SocketAddress, Machine> machines = new ConcurrentHashMap<>();
    private final ExecutorService commands;
    private final ThreadFactory threads;
    private final Server server;

    SshFront() {
        JdkEd25519.ensure();
        String name = "simulator-ssh-" + FRONTS.incrementAndGet();
        AtomicInteger count = new AtomicInteger();
        threads = task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        commands = Executors.newCachedThreadPool(threads);
        server = (Server) ServerBuilder.builder().factory(Server::new).build();
        configure();
        server.accept();
    }

    private void configure() {
        server.setRandomFactory(new SingletonRandomFactory(JceRandomFactory.INSTANCE));
        server.setKeyExchangeFactories(List.of(
                ServerBuilder.DH2KEX.apply(BuiltinDHFactories.curve25519),
                ServerBuilder.DH2KEX.apply(BuiltinDHFactories.curve25519_libssh)));
        server.setCipherFactories(List.of(
                BuiltinCiphers.aes128gcm,
                BuiltinCiphers.aes256gcm,
                BuiltinCiphers.aes128ctr,
                BuiltinCiphers.aes256ctr));
        server.setMacFactories(List.of(BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha256));
        server.setSignatureFactories(List.of(
                BuiltinSignatures.ed25519,
                BuiltinSignatures.nistp256,
                BuiltinSignatures.rsaSHA512,
                BuiltinSignatures.rsaSHA256));
        server.setCompressionFactories(List.of(BuiltinCompressions.none));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator(this::admits);
        server.setKeyPairProvider(new HostKeys());
        server.addSessionListener(new Penalties());
        server.setCommandFactory((channel, line) ->
                new MachineCommand(machine(channel.getSession().getIoSession()), line, commands));
        server.setShellFactory(
                channel -> new MachineCommand(machine(channel.getSession().getIoSession()), null, commands));
        server.setSubsystemFactories(List.of(new Sftp()));
        server.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory(() -> {
            int workers = Math.max(2, Runtime.getRuntime().availableProcessors());
            return new SshThreadPoolExecutor(
                    workers,
                    workers,
                    60,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    threads,
                    new ThreadPoolExecutor.AbortPolicy());
        }));
        server.setScheduledExecutorService(Executors.newSingleThreadScheduledExecutor(threads), true);
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        CoreModuleProperties.SOCKET_BACKLOG.set(server, 128);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(server, Duration.ZERO);
    }

    /** An SSH server that is bound to addresses one by one. */
    private static final class Server extends SshServer {
        private void accept() {
            checkConfig();
            setSessionFactory(createSessionFactory());
            setupSessionTimeout(getSessionFactory());
            acceptor = createAcceptor();
        }

        private IoAcceptor acceptor() {
            return acceptor;
        }
    }

    /** Each machine's own host key, read when a client asks for it. */
    private final class HostKeys implements KeyPairProvider {
        @Override
        public Iterable<KeyPair> loadKeys(SessionContext session) throws IOException {
            return List.of(machine(((ServerSession) session).getIoSession()).hostKey());
        }
    }

    /**
     * Runs OpenSSH's own server program inside the machine: it sees the machine's files, links included, and nothing else.
     * Where the host has none, clients are told that there is no SFTP.
     */
    private final class Sftp implements SubsystemFactory {
        private static final String PROGRAM = "for f in /usr/lib/openssh /usr/libexec/openssh /usr/lib/ssh /usr/libexec"
                + " /usr/lib/misc; do [ ! -x $f/sftp-server ] || exec $f/sftp-server; done; exit 127";

        @Override
        public String getName() {
            return "sftp";
        }

        @Override
        public Command createSubsystem(ChannelSession channel) throws IOException {
            return new MachineCommand(machine(channel.getSession().getIoSession()), PROGRAM, commands);
        }
    }

    private boolean admits(String user, PublicKey key, ServerSession session) {
        boolean admitted = false;
        try {
            admitted = machine(session.getIoSession()).admits(user, key);
        } catch (IOException e) {
            // A machine without login keys, or without files, admits nobody.
        }
        if (!admitted) {
            session.setAttribute(FAILED_LOGIN, true);
        }
        return admitted;
    }

    /** Keeps the accounts of machines that have some. */
    private final class Penalties implements SessionListener {
        @Override
        public void sessionEstablished(Session session) {
            PenaltyBook book = book(session);
            if (book != null && book.turnsAway(source(session))) {
                session.setAttribute(TURNED_AWAY, true);
                try {
                    session.getIoSession()
                            .writeBuffer(new ByteArrayBuffer(
                                    "Not allowed at this time\r\n".getBytes(StandardCharsets.US_ASCII)))
                            .await(STOP);
                } catch (IOException e) {
                    // The client has gone by itself.
                }
                throw new IllegalStateException("the client has failed too often"); // which closes the connection
            }
        }

        @Override
        public void sessionClosed(Session session) {
            PenaltyBook book = book(session);
            if (book != null && !session.isAuthenticated() && session.getAttribute(TURNED_AWAY) == null) {
                book.charge(source(session), session.getAttribute(FAILED_LOGIN) != null);
            }
        }

        private @Nullable PenaltyBook book(Session session) {
            Machine machine = machines.get(session.getIoSession().getLocalAddress());
            return machine == null ? null : machine.penalties();
        }

        private static String source(Session session) {
            return ((InetSocketAddress) session.getIoSession().getRemoteAddress())
                    .getAddress()
                    .getHostAddress();
        }
    }

    private Machine machine(IoSession session) throws IOException {
        Machine machine = machines.get(session.getLocalAddress());
        if (machine == null) {
            throw new IOException("The machine at " + session.getLocalAddress() + " is gone.");
        }
        return machine;
    }

    void open(InetSocketAddress address, Machine machine) throws IOException {
        machines.put(address, machine);
        try {
            server.acceptor().bind(address);
        } catch (IOException | RuntimeException e) {
            machines.remove(address);
            throw e;
        }
    }

    void close(InetSocketAddress address) {
        server.acceptor().unbind(address);
        machines.remove(address);
        for (IoSession session : server.acceptor().getManagedSessions().values()) {
            if (address.equals(session.getLocalAddress())) {
                session.close(true);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close(true).await(STOP);
        commands.shutdownNow();
    }
}
