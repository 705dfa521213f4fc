package dev.foothold.state;

class MemoryStateStoreTest extends StateStoreContract {

    private final MemoryStateStore store = new MemoryStateStore();

    @Override
    protected StateStore open() {
        return store;
    }
}
