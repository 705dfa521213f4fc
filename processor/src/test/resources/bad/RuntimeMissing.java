package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

// GIVEN: the runtime without dev.foothold.config.SettingValues
@Provider("acme")
// ERROR: [RuntimeMissing] at "class"
class RuntimeMissing implements Environ {}
