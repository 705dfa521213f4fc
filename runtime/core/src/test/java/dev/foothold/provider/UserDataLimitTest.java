package dev.foothold.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.environ.Environ;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.internal.store.FileStateStore;
import dev.foothold.machine.Base;
import dev.foothold.machine.UserData;
import dev.foothold.machine.UserDataLimit;
import dev.foothold.machine.UserDataTooLargeException;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cloud takes as user data decides what a machine is told, and whether it is started. */
class UserDataLimitTest {

    private static final Base BASE = Base.parse("debian@12");

    @TempDir
    Path directory;

    private final SmallEnviron environ = new SmallEnviron();

    /** A cloud that takes little. */
    private static final class SmallEnviron implements Environ {

        private UserDataLimit limit = UserDataLimit.ofBytes(100);
        private final List<UserData> told = new ArrayList<>();

        @Override
        public Instance startInstance(StartInstanceParams params) {
            told.add(params.userData());
            return Instance.of("i-1", InstanceStatus.RUNNING).tagged(params.tags());
        }

        @Override
        public void stopInstance(InstanceId id) {}

        @Override
        public List<Instance> allInstances(Tags owner) {
            return List.of();
        }

        @Override
        public UserDataLimit userDataLimit() {
            return limit;
        }
    }

    @Test
    void nothingIsStartedThatCouldNotBeToldEverything() throws Exception {
        DefaultProvider provider = provider();

        assertThatThrownBy(() -> provider.bootstrapEnv(BootstrapParams.on(BASE)))
                .isInstanceOf(UserDataTooLargeException.class)
                .hasMessageContaining("the cloud takes 100. The largest: ssh_keys (")
                .hasMessageContaining("ssh_authorized_keys (");
        assertThatThrownBy(() -> provider.launch(1, LaunchParams.on(BASE)))
                .isInstanceOf(UserDataTooLargeException.class);
        assertThat(environ.told).isEmpty();
    }

    @Test
    void whatIsTooLong_isCompressedForACloudThatTakesBytes() throws Exception {
        DefaultProvider provider = provider();
        environ.limit = UserDataLimit.DEFAULT;
        provider.launch(1, LaunchParams.on(BASE));
        int size = environ.told.get(0).size();
        environ.limit = UserDataLimit.ofBytes(size - 1).orCompressed();

        provider.launch(1, LaunchParams.on(BASE));

        assertThat(environ.told.get(0).isCompressed()).isFalse();
        assertThat(environ.told.get(1).isCompressed()).isTrue();
        assertThat(environ.told.get(1).size()).isLessThan(size);
    }

    private DefaultProvider provider() throws Exception {
        return new DefaultProvider(
                environ, ModelSettings.create("prod"), Foothold.with(FileStateStore.open(directory)));
    }
}
