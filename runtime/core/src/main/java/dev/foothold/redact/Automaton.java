package dev.foothold.redact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Finds many words at once in a single pass over bytes, as Aho and Corasick have shown. Immutable.
 *
 * <p>Each state stands for the longest end of what was read that some word begins with. A state from which only one
 * byte leads on, as nearly all do, keeps that byte; the others have a row with the next state for each byte that occurs
 * in a word. While nothing read begins a word, pairs of bytes that begin none are skipped.
 */
final class Automaton {

    /** Nothing that was read begins a word. */
    static final int ROOT = 0;

    /** After so many bytes of a word, a line break is overlooked. */
    static final int SURE = 8;

    /** A line that ends with so many bytes without a blank was broken because it was too long. */
    static final int WRAPPED = 60;

    private static final int NO_ROW = -1;

    /** Numbers the bytes that occur in words, from 1 on; 0 is all others. */
    private final int[] classes = new int[256];

    /** The rows, one after the other; the root's comes first. */
    private final int[] rows;

    /** For each state where its row begins, or {@link #NO_ROW}. */
    private final int[] row;

    /** For each state without a row, the byte that leads on and where to; 0 if the word is over. */
    private final byte[] only;

    private final int[] onlyNext;

    /** For each state, the state of the next shorter end that begins a word. */
    private final int[] shorter;

    private final int[] depth;
    private final int[] longestMatch;
    private final int[] afterBreak;

    /** A bit for each pair of bytes: whether a word may begin with them. */
    private final long[] beginnings = new long[1 << 10];

    private Automaton(List<Node> nodes, int classCount) {
        int states = nodes.size();
        row = new int[states];
        only = new byte[states];
        onlyNext = new int[states];
        shorter = new int[states];
        depth = new int[states];
        longestMatch = new int[states];
        afterBreak = new int[states];
        int rowCount = 0;
        for (Node node : nodes) {
            row[node.number] = node.hasRow() ? classCount * rowCount++ : NO_ROW;
        }
        rows = new int[classCount * rowCount];
    }

    /** Makes an automaton. Line breaks in a word say where it may be broken, and are otherwise no part of it. */
    static Automaton of(Collection<byte[]> words) {
        Node root = new Node(0);
        boolean[] occurs = new boolean[256];
        for (byte[] word : words) {
            root.add(word, occurs);
        }
        List<Node> nodes = breadthFirst(root);
        int classCount = 1;
        int[] classes = new int[256];
        for (int i = 0; i < 256; i++) {
            classes[i] = occurs[i] ? classCount++ : 0;
        }
        Automaton automaton = new Automaton(nodes, classCount);
        System.arraycopy(classes, 0, automaton.classes, 0, 256);
        automaton.link(nodes);
        automaton.noteBeginnings(root);
        return automaton;
    }

    private static List<Node> breadthFirst(Node root) {
        List<Node> nodes = new ArrayList<>(List.of(root));
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).number = i;
            nodes.get(i).forEach((label, child) -> nodes.add(child));
        }
        return nodes;
    }

    /** Follows each word by one byte more at a time, so that all shorter ends are known. */
    private void link(List<Node> nodes) {
        for (Node node : nodes) {
            int state = node.number;
            depth[state] = node.depth;
            longestMatch[state] = node.isWord ? node.depth : longestMatch[shorter[state]];
            afterBreak[state] = node.mayBreak || node.depth >= SURE ? state : afterBreak[shorter[state]];
            if (row[state] != NO_ROW) {
                if (state != ROOT) {
                    fillRow(state);
                }
            }
            node.forEach((label, child) -> {
                shorter[child.number] = state == ROOT ? ROOT : next(shorter[state], label);
                if (row[state] == NO_ROW) {
                    only[state] = label;
                    onlyNext[state] = child.number;
                }
            });
            if (row[state] != NO_ROW) {
                node.forEach((label, child) -> rows[row[state] + classes[label & 0xff]] = child.number);
            }
        }
    }

    private void fillRow(int state) {
        for (int b = 0; b < 256; b++) {
            rows[row[state] + classes[b]] = next(shorter[state], (byte) b);
        }
    }

    private void noteBeginnings(Node root) {
        root.forEach((first, node) -> {
            node.forEach((second, third) -> noteBeginning(first, second));
            noteBeginning(first, (byte) '\n');
            noteBeginning(first, (byte) '\r');
        });
    }

    private void noteBeginning(byte first, byte second) {
        int pair = (first & 0xff) << 8 | second & 0xff;
        beginnings[pair >> 6] |= 1L << pair;
    }

    boolean isEmpty() {
        return depth.length == 1;
    }

    /** Gives the first place from which on the bytes may begin a word; the last byte at the latest. */
    int skip(byte[] text, int from, int end) {
        long[] pairs = beginnings;
        int last = end - 1;
        int at = from;
        int pair = text[at] & 0xff;
        while (at < last) {
            pair = (pair << 8 | text[at + 1] & 0xff) & 0xffff;
            if ((pairs[pair >> 6] & 1L << pair) != 0) {
                return at;
            }
            at++;
        }
        return at;
    }

    /** Gives the state after one byte more, which is no line break. */
    int next(int state, byte label) {
        int from = state;
        while (row[from] == NO_ROW) {
            if (only[from] == label && onlyNext[from] != ROOT) {
                return onlyNext[from];
            }
            from = shorter[from];
        }
        return rows[row[from] + classes[label & 0xff]];
    }

    /** Gives the state after a line break that is not there because the line was too long. */
    int afterBreak(int state) {
        return afterBreak[state];
    }

    /** Tells how many bytes begin a word. */
    int depth(int state) {
        return depth[state];
    }

    /** Gives the length of the longest word that ends here; 0 if none does. */
    int longestMatch(int state) {
        return longestMatch[state];
    }

    /** Is shown children. */
    @FunctionalInterface
    private interface Visitor {

        void visit(byte label, Node child);
    }

    /** A beginning of words. Nearly all have one child: there are many, and making them is what takes the time. */
    private static final class Node {

        private static final byte[] NO_LABELS = {};
        private static final Node[] NO_CHILDREN = {};

        private byte[] labels = NO_LABELS;
        private Node[] children = NO_CHILDREN;
        private int childCount;
        private final int depth;
        private int number;
        private boolean isWord;
        private boolean mayBreak;

        Node(int depth) {
            this.depth = depth;
        }

        void add(byte[] word, boolean[] occurs) {
            Node node = this;
            for (byte label : word) {
                if (label == '\n' || label == '\r') {
                    node.mayBreak = true;
                } else {
                    occurs[label & 0xff] = true;
                    node = node.child(label);
                }
            }
            node.isWord = true;
        }

        /** Gives the child of a label, which is made if there is none. */
        private Node child(byte label) {
            for (int i = 0; i < childCount; i++) {
                if (labels[i] == label) {
                    return children[i];
                }
            }
            if (childCount == labels.length) {
                int room = childCount == 0 ? 1 : 4 * childCount;
                labels = Arrays.copyOf(labels, room);
                children = Arrays.copyOf(children, room);
            }
            Node child = new Node(depth + 1);
            labels[childCount] = label;
            children[childCount++] = child;
            return child;
        }

        void forEach(Visitor visitor) {
            for (int i = 0; i < childCount; i++) {
                visitor.visit(labels[i], children[i]);
            }
        }

        boolean hasRow() {
            return depth == 0 || childCount > 1;
        }
    }
}
