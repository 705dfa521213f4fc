package dev.foothold.machine;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says how much a cloud lets a machine be told at its first boot.
 *
 * @param bytes the most bytes, before any Base64
 * @param mayCompress whether the cloud passes bytes on as they are, so that what is too long can be compressed
 */
public record UserDataLimit(int bytes, boolean mayCompress) {

    /** What most clouds take: 16 KiB of text. */
    public static final UserDataLimit DEFAULT = new UserDataLimit(16 * 1024, false);

    private static final int NAMED = 3;

    /**
     * Creates a limit.
     *
     * @param bytes the most bytes, before any Base64
     * @param mayCompress whether what is too long can be compressed
     * @throws IllegalArgumentException if the number is not positive
     */
    public UserDataLimit {
        if (bytes <= 0) {
            throw new IllegalArgumentException("the limit of user data must be greater than zero, but is " + bytes);
        }
    }

    /**
     * Makes a limit of text.
     *
     * @param bytes the most bytes in UTF-8
     * @return the limit
     * @throws IllegalArgumentException if the number is not positive
     */
    public static UserDataLimit ofBytes(int bytes) {
        return new UserDataLimit(bytes, false);
    }

    /**
     * Has what is too long compressed. For environs that hand on {@link UserData#bytes()} or {@link UserData#base64()},
     * not {@link UserData#text()}.
     *
     * @return the changed copy
     */
    public UserDataLimit orCompressed() {
        return new UserDataLimit(bytes, true);
    }

    /**
     * Makes user data fit.
     *
     * @param userData what a machine shall be told
     * @return the same, compressed if that is needed and allowed
     * @throws UserDataTooLargeException if it does not fit; the message names what is largest in it
     */
    public UserData fit(UserData userData) {
        if (userData.size() <= bytes) {
            return userData;
        }
        if (mayCompress && userData.compressed().size() <= bytes) {
            return userData.compressed();
        }
        StringBuilder message =
                new StringBuilder("the user data has ").append(userData.size()).append(" bytes");
        if (mayCompress) {
            message.append(", ").append(userData.compressed().size()).append(" compressed");
        }
        message.append("; the cloud takes ").append(bytes).append('.');
        if (!userData.sizes().isEmpty()) {
            message.append(" The largest: ").append(largest(userData)).append('.');
        }
        message.append(" Bring it to the machine when it runs, or have it fetch it");
        throw new UserDataTooLargeException(message.toString(), userData.size(), bytes);
    }

    private static String largest(UserData userData) {
        return userData.sizes().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(NAMED)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + " bytes)")
                .collect(Collectors.joining(", "));
    }
}
