package dev.foothold.sample.manual;

import dev.foothold.FootholdException;
import dev.foothold.instance.HardwareCharacteristics;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the file that lists the machines. It is YAML, in UTF-8:
 *
 * <pre>{@code
 * machines:
 *   rack1-a:                       # lower-case letters, digits, dots, hyphens and underscores
 *     address: 10.0.0.5            # an IP address or a host name
 *     port: 22                     # of the SSH server; 22 unless said otherwise
 *     user: deploy                 # who logs in; unless said otherwise, the setting "user"
 *     host-keys:                   # as in /etc/ssh/ssh_host_*_key.pub on the machine
 *       - ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI…
 *     hardware: arch=amd64 cores=8 mem=32G root-disk=200G tags=gpu,ssd
 * }</pre>
 *
 * <p>Needed are an address and at least one host key. Without {@code hardware} a machine is not taken where constraints ask
 * for any. Machines are claimed in the order of the file.
 *
 * <p>All faults of a file are told at once, each with its line.
 */
final class MachineFile {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");
    private static final Set<String> FIELDS = new TreeSet<>(Set.of("address", "port", "user", "host-keys", "hardware"));

    private final String defaultUser;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, String> places = new HashMap<>();

    private MachineFile(String defaultUser) {
        this.defaultUser = defaultUser;
    }

    /**
     * Reads a file.
     *
     * @param file where it is
     * @param defaultUser who logs in to machines for which the file names nobody
     * @return the machines, in the order of the file; at least one
     * @throws FootholdException if the file cannot be read, or has faults; it lists them all
     */
    static List<Machine> read(Path file, String defaultUser) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new FootholdException("the list of machines " + file + " cannot be read: " + e, e);
        }
        MachineFile reading = new MachineFile(defaultUser);
        List<Machine> machines = List.of();
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
            machines = reading.machines(root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            reading.faults.add("line " + line + ": this is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            reading.faults.add("this is not YAML: " + e.getMessage());
        }
        if (!reading.faults.isEmpty()) {
            throw new FootholdException(
                    "the list of machines " + file + " is wrong:\n  " + String.join("\n  ", reading.faults), null);
        }
        return machines;
    }

    private List<Machine> machines(@Nullable Node root) {
        List<Machine> machines = new ArrayList<>();
        Map<String, Node> top = root == null ? Map.of() : fields(root, "the list of machines", Set.of("machines"));
        Node listed = top.get("machines");
        if (listed == null) {
            if (faults.isEmpty()) {
                faults.add("there is no \"machines\" in it");
            }
            return machines;
        }
        entries(listed, "\"machines\"").forEach((name, node) -> {
            Machine machine = machine(name, node);
            if (machine != null) {
                machines.add(machine);
            }
        });
        if (machines.isEmpty() && faults.isEmpty()) {
            fault(listed, "there is no machine in it");
        }
        return machines;
    }

    private @Nullable Machine machine(String name, Node node) {
        int before = faults.size();
        if (!NAME.matcher(name).matches()) {
            fault(
                    node,
                    "the name \"" + name
                            + "\" is not allowed; use up to 63 lower-case letters, digits, dots, hyphens and"
                            + " underscores, with a letter or digit at both ends");
        }
        Map<String, Node> fields = fields(node, "machine \"" + name + "\"", FIELDS);
        MachineAddress address = read(fields, "address", MachineAddress::of);
        if (address == null && !fields.containsKey("address")) {
            fault(node, "machine \"" + name + "\" has no \"address\"");
        }
        Integer port = read(fields, "port", MachineFile::port);
        String user = read(
                fields, "user", text -> SshOptions.defaults().withUser(text).user());
        HardwareCharacteristics hardware = read(fields, "hardware", HardwareCharacteristics::parse);
        List<SshPublicKey> hostKeys = hostKeys(name, node, fields.get("host-keys"));
        if (address == null || faults.size() > before) {
            return null;
        }
        MachineAddress where = port == null ? address : address.withSshPort(port);
        String other = places.putIfAbsent(where.hostAndPort(), name);
        if (other != null) {
            fault(node, "machine \"" + name + "\" has the same address as \"" + other + "\": " + where);
        }
        return new Machine(
                name,
                where,
                user == null ? defaultUser : user,
                hostKeys,
                hardware == null ? HardwareCharacteristics.unknown() : hardware);
    }

    private List<SshPublicKey> hostKeys(String name, Node machine, @Nullable Node given) {
        List<Node> lines =
                given instanceof SequenceNode list ? list.getValue() : given == null ? List.of() : List.of(given);
        if (lines.isEmpty()) {
            fault(
                    given == null ? machine : given,
                    "machine \"" + name + "\" has no \"host-keys\"; without one it could not be told from others");
        }
        List<SshPublicKey> keys = new ArrayList<>();
        for (Node line : lines) {
            SshPublicKey key = read(line, "a host key of machine \"" + name + "\"", SshPublicKey::parse);
            if (key != null) {
                keys.add(key);
            }
        }
        return List.copyOf(keys);
    }

    private static int port(String text) {
        if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 65535) {
            throw new IllegalArgumentException("it must be a number from 1 to 65535");
        }
        return Integer.parseInt(text);
    }

    private <T> @Nullable T read(Map<String, Node> fields, String field, Function<String, T> parser) {
        Node value = fields.get(field);
        return value == null ? null : read(value, "\"" + field + "\"", parser);
    }

    private <T> @Nullable T read(Node value, String what, Function<String, T> parser) {
        if (!(value instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
            fault(value, what + " must be one text");
            return null;
        }
        try {
            return parser.apply(scalar.getValue().strip());
        } catch (IllegalArgumentException e) {
            fault(value, what + " is wrong: " + e.getMessage());
            return null;
        }
    }

    private Map<String, Node> fields(Node node, String what, Set<String> known) {
        Map<String, Node> fields = entries(node, what);
        fields.forEach((name, value) -> {
            if (!known.contains(name)) {
                fault(
                        value,
                        what + " has the unknown field \"" + name + "\"; known are "
                                + known.stream().collect(Collectors.joining("\", \"", "\"", "\"")));
            }
        });
        return fields;
    }

    private Map<String, Node> entries(Node node, String what) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            fault(node, what + " must be a mapping of names");
            return entries;
        }
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                fault(entry.getKeyNode(), what + " must be a mapping of names");
            } else if (entries.putIfAbsent(key.getValue(), entry.getValueNode()) != null) {
                fault(key, what + " has \"" + key.getValue() + "\" twice");
            }
        }
        return entries;
    }

    private void fault(Node where, String what) {
        faults.add("line " + (where.getStartMark().getLine() + 1) + ": " + what);
    }
}
