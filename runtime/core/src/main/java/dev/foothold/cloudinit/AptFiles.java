package dev.foothold.cloudinit;

import java.util.ArrayList;
import java.util.List;

/** What apt is told by files, which have to be there before the first package is installed. */
final class AptFiles {

    private AptFiles() {}

    static List<FileToWrite> of(CloudConfig config) {
        List<FileToWrite> files = new ArrayList<>();
        config.get(Section.APT_PINS).forEach(pin -> files.add(pin.file()));
        config.get(Section.APT_PROXY)
                .map(Proxies::of)
                .or(() -> config.get(Section.PROXIES))
                .ifPresent(proxies -> files.add(proxies.aptFile()));
        for (AptSource source : config.get(Section.APT_SOURCES)) {
            if (source instanceof AptSource.Repository repository) {
                files.addAll(repository.files());
            }
        }
        return files;
    }
}
