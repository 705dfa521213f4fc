package dev.foothold.config;

import org.jspecify.annotations.Nullable;

/**
 * Where in the settings a value is.
 *
 * @param path the whole path, for example {@code zones[2].name}
 * @param source where what is read there came from; null if it is given nowhere
 * @param secret whether it must not be shown
 * @param environment whether settings below may come from environment variables, which know no index
 * @param immutable whether it is immutable; of a list or map that is all of it, not each part
 * @param filesRead whether what is given for a file is its content already
 */
record Place(
        String path,
        @Nullable SettingSource source,
        boolean secret,
        boolean environment,
        boolean immutable,
        boolean filesRead) {

    Place item(int index, SettingSource from) {
        return new Place(path + "[" + index + "]", from, secret, false, false, filesRead);
    }

    Place entry(String key, SettingSource from) {
        return new Place(path + "." + key, from, secret, false, false, filesRead);
    }

    /** The settings of the group that is here. */
    Scope scope(Given.Entries entries) {
        return new Scope(entries, path, environment, secret, immutable, filesRead);
    }
}
