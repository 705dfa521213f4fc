package dev.foothold.cloudinit;

import dev.foothold.ssh.SshPublicKey;
import java.util.List;
import java.util.stream.Stream;

/**
 * Describes somebody who may log in, with keys only: the password is always locked.
 *
 * @param name what to log in as
 * @param groups the groups to be in besides the user's own; made if they are not there
 * @param shell the absolute path of the login shell; empty for the machine's default
 * @param keys the keys that let the user in
 * @param sudo what may be done by {@code sudo}, as in sudoers without the name in front, for example {@code ALL=(ALL)
 *     NOPASSWD:ALL}; empty for nothing
 */
public record UserAccount(String name, List<String> groups, String shell, List<SshPublicKey> keys, String sudo) {

    private static final String EVERYTHING = "ALL=(ALL) NOPASSWD:ALL";

    /**
     * Creates an account.
     *
     * @param name what to log in as
     * @param groups the groups to be in besides the user's own
     * @param shell the absolute path of the login shell; empty for the machine's default
     * @param keys the keys that let the user in
     * @param sudo what may be done by {@code sudo}, as in sudoers without the name in front; empty for nothing
     * @throws IllegalArgumentException if a name is none, a group is named twice or like the user, the path is not
     *     absolute, or the rule is not one line
     */
    public UserAccount {
        Checked.name("user", name);
        groups = List.copyOf(groups);
        keys = List.copyOf(keys);
        String who = " of user " + name + ",";
        for (String group : groups) {
            Checked.name("the group" + who, group);
            if (group.equals(name)) {
                throw Checked.refused("the group" + who, group, "is made with the user anyhow", "leave it out");
            }
        }
        if (groups.stream().distinct().count() < groups.size()) {
            throw new IllegalArgumentException("a group of user \"" + name + "\" is named twice in " + groups);
        }
        if (!shell.isEmpty()) {
            Checked.word("the shell" + who, Checked.path("the shell" + who, shell));
        }
        if (!sudo.isEmpty() && Checked.line("the sudo rule" + who, sudo).indexOf('=') < 0) {
            throw Checked.refused("the sudo rule" + who, sudo, "is none", "write it like \"" + EVERYTHING + "\"");
        }
    }

    /**
     * Describes a user who can do nothing special, and cannot log in yet.
     *
     * @param name what to log in as
     * @return the account
     * @throws IllegalArgumentException if it is not up to 32 lower-case letters, digits, hyphens and underscores
     */
    public static UserAccount named(String name) {
        return new UserAccount(name, List.of(), "", List.of(), "");
    }

    /**
     * Puts the user in groups.
     *
     * @param names the groups, besides the user's own; made if they are not there
     * @return the changed copy
     * @throws IllegalArgumentException if a name is none, named twice, or the user's
     */
    public UserAccount groups(String... names) {
        return new UserAccount(name, plus(groups, List.of(names)), shell, keys, sudo);
    }

    /**
     * Chooses the login shell.
     *
     * @param path absolute
     * @return the changed copy
     * @throws IllegalArgumentException if the path is not absolute
     */
    public UserAccount shell(String path) {
        return new UserAccount(name, groups, path, keys, sudo);
    }

    /**
     * Lets keys log in.
     *
     * @param more the public keys
     * @return the changed copy
     */
    public UserAccount authorize(SshPublicKey... more) {
        return new UserAccount(name, groups, shell, plus(keys, List.of(more)), sudo);
    }

    /**
     * Lets keys log in.
     *
     * @param lines as in an {@code authorized_keys} file; blank lines and lines that begin with {@code #} mean nothing
     * @return the changed copy
     * @throws IllegalArgumentException if a line is not a public key; the message gives its number
     */
    public UserAccount authorize(String lines) {
        return authorize(KeyLines.parse(lines).toArray(SshPublicKey[]::new));
    }

    /**
     * Allows things by {@code sudo}.
     *
     * @param rule as in sudoers without the name in front, for example {@code ALL=(root) /usr/bin/apt-get}
     * @return the changed copy
     * @throws IllegalArgumentException if it is not one line, or no rule
     */
    public UserAccount sudo(String rule) {
        return new UserAccount(name, groups, shell, keys, rule);
    }

    /**
     * Allows everything by {@code sudo}, without a password.
     *
     * @return the changed copy
     */
    public UserAccount administrator() {
        return sudo(EVERYTHING);
    }

    private static <T> List<T> plus(List<T> list, List<T> more) {
        return Stream.concat(list.stream(), more.stream()).toList();
    }
}
