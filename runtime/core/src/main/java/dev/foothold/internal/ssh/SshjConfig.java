package dev.foothold.internal.ssh;

import com.hierynomus.sshj.key.KeyAlgorithms;
import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.ChachaPolyCiphers;
import com.hierynomus.sshj.transport.mac.Macs;
import java.util.List;
import net.schmizz.sshj.ConfigImpl;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.transport.compression.NoneCompression;
import net.schmizz.sshj.transport.kex.Curve25519SHA256;
import net.schmizz.sshj.transport.kex.ECDHNistP;
import net.schmizz.sshj.transport.random.JCERandom;
import net.schmizz.sshj.transport.random.Random;
import net.schmizz.sshj.transport.random.SingletonRandomFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** Says what the client offers: modern algorithms only, the cheapest first, no compression. */
final class SshjConfig extends ConfigImpl {

    private static final Factory<Random> RANDOM = new SingletonRandomFactory(new JCERandom.Factory());

    SshjConfig(List<KeyAlgorithms.Factory> hostKeyAlgorithms) {
        setVersion("Foothold");
        setLoggerFactory(new DiscreetLoggers());
        setRandomFactory(RANDOM);
        setKeepAliveProvider(Heartbeat.PROVIDER);
        setKeyExchangeFactories(List.of(
                new Curve25519SHA256.Factory(), new Curve25519SHA256.FactoryLibSsh(), new ECDHNistP.Factory256()));
        setKeyAlgorithms(List.copyOf(hostKeyAlgorithms));
        setCipherFactories(List.of(
                PlatformGcm.aes128(),
                PlatformGcm.aes256(),
                ChachaPolyCiphers.CHACHA_POLY_OPENSSH(),
                BlockCiphers.AES128CTR(),
                BlockCiphers.AES256CTR()));
        setMACFactories(List.of(Macs.HMACSHA2256Etm(), Macs.HMACSHA2512Etm(), Macs.HMACSHA2256(), Macs.HMACSHA2512()));
        setCompressionFactories(List.of(new NoneCompression.Factory()));
        setFileKeyProviderFactories(List.of());
        // sshj would believe any authority, and look at names before signatures; TrustedHostKeys checks them.
        setVerifyHostKeyCertificates(false);
    }

    /**
     * Lets sshj log as it always does, but silences those of its classes that would print commands and what they
     * read and write.
     */
    private static final class DiscreetLoggers implements LoggerFactory {

        private static final List<String> TALKATIVE = List.of(
                "net.schmizz.sshj.transport.Encoder",
                "net.schmizz.sshj.transport.Decoder",
                CommandChannel.class.getName());

        @Override
        public Logger getLogger(String name) {
            return TALKATIVE.contains(name) ? NOPLogger.NOP_LOGGER : DEFAULT.getLogger(name);
        }

        @Override
        public Logger getLogger(Class<?> type) {
            return getLogger(type.getName());
        }
    }
}
