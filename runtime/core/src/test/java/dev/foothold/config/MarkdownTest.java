package dev.foothold.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

/** The reference, as a renderer that is not ours understands it. */
class MarkdownTest {

    private final List<String> headings = new ArrayList<>();
    private final List<List<List<String>>> tables = new ArrayList<>();

    private void render(ProviderSchema schema) {
        Parser.builder()
                .extensions(List.of(TablesExtension.create()))
                .build()
                .parse(schema.markdown())
                .accept(new AbstractVisitor() {
                    @Override
                    public void visit(Heading heading) {
                        headings.add(heading.getLevel() + " " + textOf(heading));
                    }

                    @Override
                    public void visit(CustomBlock block) {
                        if (block instanceof TableBlock) {
                            tables.add(new ArrayList<>());
                        }
                        visitChildren(block);
                    }

                    @Override
                    public void visit(CustomNode node) {
                        if (node instanceof TableRow && !(node.getParent() instanceof TableHead)) {
                            tables.get(tables.size() - 1).add(new ArrayList<>());
                        }
                        if (node instanceof TableCell && !(node.getParent().getParent() instanceof TableHead)) {
                            List<List<String>> table = tables.get(tables.size() - 1);
                            table.get(table.size() - 1).add(textOf(node));
                        }
                        visitChildren(node);
                    }

                    @Override
                    public void visit(HtmlInline html) {
                        throw new AssertionError("HTML: " + html.getLiteral());
                    }

                    @Override
                    public void visit(HtmlBlock html) {
                        throw new AssertionError("HTML: " + html.getLiteral());
                    }
                });
    }

    private static String textOf(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(Code code) {
                text.append(code.getLiteral());
            }
        });
        return text.toString();
    }

    @Test
    void everySetting_hasARowInTheTableOfItsPart() {
        render(Acme.SCHEMA);
        assertThat(headings)
                .containsExactly(
                        "1 Settings of provider acme", "2 Configuration", "2 Credential", "3 access-key", "3 token");
        assertThat(tables).hasSize(3);
        assertThat(tables.get(0))
                .extracting(row -> row.get(0))
                .containsExactly(
                        "endpoint",
                        "region",
                        "plan",
                        "disk",
                        "checked",
                        "retry",
                        "retry.pause",
                        "retry.attempts",
                        "proxy",
                        "proxy.host",
                        "proxy.port",
                        "proxy.password",
                        "proxy.password-file",
                        "zones",
                        "zones[].name",
                        "zones[].ports",
                        "labels",
                        "version");
        assertThat(tables.get(0))
                .contains(
                        List.of(
                                "endpoint",
                                "a URI with its scheme, such as https://cloud.example",
                                "must be given",
                                "ACME_ENDPOINT",
                                "Where the API listens."),
                        List.of(
                                "region",
                                "text",
                                "must be given",
                                "",
                                "One of \"north|south\". Cannot change during the life of a" + " model."),
                        List.of("plan", "one of small, very-large", "very-large", "", ""),
                        List.of(
                                "disk",
                                "a size such as 512MiB, 10G or 1.5TB",
                                "10G",
                                "",
                                "Formerly root-disk, rootfs."),
                        List.of("proxy", "a group", "none", "", ""),
                        List.of(
                                "proxy.password-file",
                                "a path",
                                "",
                                "",
                                "The path of a file that holds proxy.password."),
                        List.of("version", "text", "none", "", ""));
        assertThat(tables.get(2))
                .containsExactly(List.of(
                        "token",
                        "a secret",
                        "must be given",
                        "ACME_TOKEN_FILE",
                        "What is given is the path of a file that holds the value. Secret."));
    }

    @Test
    void whatWouldBreakATable_isEscaped() {
        SettingSpec<Optional<String>> odd = SettingSpec.of("odd", SettingType.optional(SettingType.TEXT))
                .withDoc("a | b\n\n# no <b>heading</b> `code` *star* _line_ [link](x) \\ &amp; ~~gone~~")
                .withDefault("x|`y`\n<z>")
                .withEnvironmentVariable("A|B");
        SettingSpec<String> secret =
                SettingSpec.of("secret", SettingType.TEXT).asSecret().withDefault("hunter2");
        render(ProviderSchema.of("acme").withConfiguration(SettingGroup.of(in -> "", odd, secret)));
        assertThat(tables)
                .containsExactly(List.of(
                        List.of(
                                "odd",
                                "text",
                                "x|`y` <z>",
                                "A|B",
                                "a | b # no <b>heading</b> `code` *star* _line_ [link](x) \\ &amp; ~~gone~~"),
                        List.of("secret", "text", "(secret)", "", "Secret.")));
    }

    @Test
    void whereNothingCanBeSet_itSaysSo() {
        assertThat(ProviderSchema.of("none").markdown()).contains("There is nothing to set.");
        render(ProviderSchema.of("acme").withCredential(CredentialSchema.of("role", SettingGroup.of(in -> "role"))));
        assertThat(headings).containsExactly("1 Settings of provider acme", "2 Credential", "3 role");
        assertThat(tables).isEmpty();
    }
}
