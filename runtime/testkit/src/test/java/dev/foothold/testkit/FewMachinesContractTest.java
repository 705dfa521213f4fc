package dev.foothold.testkit;

import dev.foothold.environ.Environ;

/** A cloud that has three machines and cannot make more can be held to the contract, too. */
class FewMachinesContractTest extends SmallContract {

    FewMachinesContractTest() {
        cloud.room = 3;
    }

    @Override
    Environ environ() {
        return new SmallEnviron(cloud);
    }

    @Override
    protected int machines() {
        return 3;
    }
}
