package dev.foothold.testkit;

import dev.foothold.environ.Environ;

/** A provider with everything honours the contract. */
class ZonedContractTest extends SmallContract {

    @Override
    Environ environ() {
        return new ZonedSmallEnviron(cloud);
    }
}
