package dev.foothold.machine;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One of several things that a machine is told at its first boot. It may be secret, so the text never appears in
 * {@link #toString()}.
 *
 * @param name of the file the machine keeps it in; letters, digits, dots, hyphens, underscores
 * @param type its media type, as cloud-init knows it
 * @param text all of it
 */
public record UserDataPart(String name, String type, String text) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final Pattern TYPE = Pattern.compile("[a-z]+/[a-z0-9.+-]+");

    /**
     * Creates a part.
     *
     * @param name of the file the machine keeps it in; letters, digits, dots, hyphens, underscores
     * @param type its media type, for example {@code text/x-shellscript-per-boot}
     * @param text all of it
     * @throws IllegalArgumentException if the name or the type has other characters
     */
    public UserDataPart {
        Objects.requireNonNull(text, "text");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name \"" + name
                    + "\" of a part of the user data is not allowed; use letters, digits, dots, hyphens, underscores");
        }
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("the type \"" + type + "\" of the user data's part \"" + name
                    + "\" is no media type; write it like \"text/cloud-config\"");
        }
    }

    /**
     * Makes a part that describes the machine.
     *
     * @param name of the file the machine keeps it in
     * @param document a {@code #cloud-config} document
     * @return the part
     * @throws IllegalArgumentException if the name has other characters, or the document another first line
     */
    public static UserDataPart cloudConfig(String name, String document) {
        if (!document.startsWith("#cloud-config")) {
            throw new IllegalArgumentException(
                    "the user data's part \"" + name + "\" does not begin with \"#cloud-config\", as it must");
        }
        return new UserDataPart(name, "text/cloud-config", document);
    }

    /**
     * Makes a part that is run at the first boot, after everything that is described.
     *
     * @param name of the file the machine keeps it in
     * @param script a script
     * @return the part
     * @throws IllegalArgumentException if the name has other characters, or the script does not say by {@code #!} what
     *     runs it
     */
    public static UserDataPart shellScript(String name, String script) {
        if (!script.startsWith("#!")) {
            throw new IllegalArgumentException("the user data's part \"" + name
                    + "\" does not say what runs it; let its first line be like \"#!/bin/sh\"");
        }
        return new UserDataPart(name, "text/x-shellscript", script);
    }

    @Override
    public String toString() {
        return "UserDataPart[" + name + ", " + type + ", " + text.length() + " characters]";
    }
}
