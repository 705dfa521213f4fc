package dev.foothold.processor.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * Holds one parameter of a constructor.
 *
 * @param name its name
 * @param place its declaration
 * @param typeText its type, as messages show it
 * @param content what it takes
 */
public record ParameterModel(String name, Place place, String typeText, Content content) {

    /**
     * Gives the records that it takes, or one of which it takes.
     *
     * @return none if it is nothing that can be made of settings
     */
    public List<RecordModel> records() {
        return content.records().toList();
    }

    /** Says what a parameter takes. */
    public sealed interface Content {

        /**
         * Gives the records that are part of it.
         *
         * @return the records, in order
         */
        default Stream<RecordModel> records() {
            return Stream.of();
        }
    }

    /**
     * The configuration.
     *
     * @param record the record it is read into
     */
    public record Configuration(RecordModel record) implements Content {
        @Override
        public Stream<RecordModel> records() {
            return Stream.of(record);
        }
    }

    /**
     * The credential.
     *
     * @param type the record, or the sealed interface whose records are the choice
     * @param isVisible whether generated code can name the type
     * @param choice the ways to authenticate, in the order of the source
     */
    public record Credential(TypeRef type, boolean isVisible, List<CredentialModel> choice) implements Content {
        @Override
        public Stream<RecordModel> records() {
            return choice.stream().map(CredentialModel::record);
        }
    }

    /** Something that generated code cannot make of settings. */
    public record Other() implements Content {}
}
