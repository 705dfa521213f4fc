package dev.foothold.internal.yaml;

/**
 * Tells where and why a text is not the YAML that was expected.
 *
 * <p>Checked, because only the caller knows the name of the file that its own error has to give. It never quotes the
 * lines around the fault: they may hold a secret.
 */
public final class YamlException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Counted from 1; 0 if no line is wrong. */
    private final int line;
    /** Counted from 1; 0 if no line is wrong. */
    private final int column;

    YamlException(String reason, int line, int column) {
        super(reason);
        this.line = line;
        this.column = column;
    }

    /**
     * Says what is wrong, without the place.
     *
     * @return a short reason, for example {@code the key "a" occurs twice}
     */
    public String reason() {
        return super.getMessage();
    }

    /**
     * Says which line is wrong.
     *
     * @return counted from 1; 0 if the document as a whole is (too large, too many aliases)
     */
    public int line() {
        return line;
    }

    /**
     * Says which column is wrong.
     *
     * @return counted from 1; 0 if the document as a whole is
     */
    public int column() {
        return column;
    }

    /**
     * Gives reason and place as one text.
     *
     * @return for example {@code line 3, column 1: the key "a" occurs twice}
     */
    @Override
    public String getMessage() {
        return line == 0 ? reason() : "line " + line + ", column " + column + ": " + reason();
    }
}
