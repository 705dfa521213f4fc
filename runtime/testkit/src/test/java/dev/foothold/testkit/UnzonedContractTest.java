package dev.foothold.testkit;

import dev.foothold.environ.Environ;

/** A provider that is three methods and a little more honours the contract. */
class UnzonedContractTest extends SmallContract {

    @Override
    Environ environ() {
        return new SmallEnviron(cloud);
    }
}
