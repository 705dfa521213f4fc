package dev.foothold.bench.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the source files of one annotated class, and of many by counting. */
interface Sources {

    /** Each class has a number of as many digits, which is nowhere else in its source. */
    int DIGITS = 4;

    /**
     * Gives the files that belong to one annotated class.
     *
     * @param number the class's number
     * @return what is in each file, by its path
     */
    Map<String, String> of(String number);

    /** Writes the number of a class. */
    static String number(int number) {
        return String.format("%0" + DIGITS + "d", number);
    }

    /**
     * Writes the files of as many annotated classes.
     *
     * @return the files
     */
    default List<Path> write(int classes, Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            files.addAll(write(of(number(i)), directory));
        }
        return files;
    }

    /**
     * Writes files.
     *
     * @param sources what is in each, by its path
     * @return the files
     */
    static List<Path> write(Map<String, String> sources, Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = directory.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.getValue()));
        }
        return files;
    }
}
