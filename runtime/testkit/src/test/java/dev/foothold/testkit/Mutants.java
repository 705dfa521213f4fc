package dev.foothold.testkit;

import dev.foothold.constraints.ConstraintName;
import dev.foothold.constraints.Constraints;
import dev.foothold.constraints.ConstraintsValidator;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.Environ;
import dev.foothold.environ.IdempotencyToken;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.UndoScope;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.machine.ImageMetadata;
import dev.foothold.machine.InstanceType;
import dev.foothold.machine.UserData;
import dev.foothold.machine.UserDataLimit;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** One provider for each rule that MUST be kept, which breaks it. */
final class Mutants {

    /** Keeps open what a mutant forgets; otherwise the platform closes it. */
    static final List<FileInputStream> FORGOTTEN = new ArrayList<>();

    private Mutants() {}

    /** Honours the contract, unless something is overridden. */
    private static class Good extends ZonedSmallEnviron {
        Good(SmallCloud cloud) {
            super(cloud);
        }

        final StartInstanceParams with(StartInstanceParams params, IdempotencyToken token) {
            return params.in(params.zoneName(), token);
        }

        final StartInstanceParams copy(
                StartInstanceParams params, UserData userData, Tags tags, ImageMetadata image, InstanceType type) {
            return new StartInstanceParams(
                    params.owner(),
                    params.displayName(),
                    params.token(),
                    userData,
                    tags,
                    params.zoneName(),
                    image,
                    type);
        }

        final boolean isThere(InstanceId id) throws Exception {
            return super.allInstances(Tags.none()).stream()
                    .anyMatch(one -> one.id().equals(id));
        }
    }

    static List<Mutant> all() {
        List<Mutant> all = new ArrayList<>();
        all.addAll(start());
        all.addAll(stop());
        all.addAll(list());
        all.addAll(zones());
        all.addAll(offers());
        all.addAll(capabilities());
        all.addAll(refusals());
        all.addAll(calls());
        return all;
    }

    private static List<Mutant> start() {
        return List.of(
                Mutant.of(Rule.START_LISTED, "returns the id of the request", cloud -> new Good(cloud) {
                            @Override
                            public Instance startInstance(StartInstanceParams params) throws Exception {
                                super.startInstance(params);
                                return Instance.of("request-" + params.token(), InstanceStatus.PENDING);
                            }
                        })
                        .soNothingElseHolds(),
                Mutant.of(Rule.START_TAGS, "drops tags with upper-case letters", cloud -> new Good(cloud) {
                    @Override
                    public Instance startInstance(StartInstanceParams params) throws Exception {
                        Map<String, String> some =
                                new LinkedHashMap<>(params.tags().asMap());
                        some.keySet().removeIf(name -> !name.equals(name.toLowerCase(Locale.ROOT)));
                        return instance(create(params, some));
                    }
                }),
                Mutant.of(Rule.START_TAGS_ATOMIC, "puts the tags on in a second call", cloud -> {
                    cloud.latency = Duration.ofMillis(4);
                    return new Good(cloud) {
                        @Override
                        public Instance startInstance(StartInstanceParams params) throws Exception {
                            SmallCloud.Machine made = create(params, Map.of());
                            cloud.tag(made.id(), params.tags().asMap());
                            return instance(made);
                        }
                    };
                }),
                Mutant.of(Rule.START_RUNS, "does not know the cloud's word for running", cloud -> new Good(cloud) {
                            @Override
                            public List<Instance> allInstances(Tags owner) throws Exception {
                                return super.allInstances(owner).stream()
                                        .map(one -> Instance.of(one.id(), InstanceStatus.UNKNOWN)
                                                .in(one.zoneName())
                                                .at(one.addresses())
                                                .with(one.hardware())
                                                .tagged(one.tags())
                                                .launchedAt(one.launchTime()))
                                        .toList();
                            }
                        })
                        .soNothingElseHolds(),
                Mutant.of(Rule.START_ADDRESS, "reports no addresses", cloud -> new Good(cloud) {
                    @Override
                    public List<Instance> allInstances(Tags owner) throws Exception {
                        return super.allInstances(owner).stream()
                                .map(Instance::at)
                                .toList();
                    }
                }),
                Mutant.of(Rule.START_SAME_TOKEN, "makes up a token for each call", cloud -> new Good(cloud) {
                    @Override
                    public Instance startInstance(StartInstanceParams params) throws Exception {
                        return super.startInstance(with(
                                params,
                                IdempotencyToken.derive("own", UUID.randomUUID().toString())));
                    }
                }),
                Mutant.of(Rule.START_OTHER_TOKEN, "derives the token from the name", cloud -> new Good(cloud) {
                            @Override
                            public Instance startInstance(StartInstanceParams params) throws Exception {
                                return super.startInstance(with(params, IdempotencyToken.derive(params.displayName())));
                            }
                        })
                        .so(Rule.LIST_COMPLETE),
                Mutant.of(Rule.START_CONCURRENT, "keeps the tags of a call in a field", cloud -> new Good(cloud) {
                    private volatile Tags tags = Tags.none();

                    @Override
                    public Instance startInstance(StartInstanceParams params) throws Exception {
                        tags = params.tags();
                        Thread.sleep(5);
                        return instance(create(params, tags.asMap()));
                    }
                }),
                Mutant.of(Rule.START_USER_DATA, "trims the user data", cloud -> new Good(cloud) {
                    @Override
                    public Instance startInstance(StartInstanceParams params) throws Exception {
                        return super.startInstance(copy(
                                params,
                                UserData.of(params.userData().text().strip()),
                                params.tags(),
                                params.image(),
                                params.instanceType()));
                    }
                }));
    }

    private static List<Mutant> stop() {
        return List.of(
                Mutant.of(Rule.STOP_GONE, "only powers the machine off", cloud -> new Good(cloud) {
                            @Override
                            public void stopInstance(InstanceId id) {}
                        })
                        .soNothingElseHolds(),
                Mutant.of(Rule.STOP_ONLY, "stops the whole model", cloud -> new Good(cloud) {
                    @Override
                    public void stopInstance(InstanceId id) throws Exception {
                        List<SmallCloud.Machine> all = cloud.list(Map.of());
                        for (SmallCloud.Machine one : all) {
                            if (one.id().equals(id.value())) {
                                String model = one.tags().getOrDefault(Owner.MODEL_UUID, "");
                                for (SmallCloud.Machine other : all) {
                                    if (model.equals(other.tags().get(Owner.MODEL_UUID))) {
                                        super.stopInstance(InstanceId.of(other.id()));
                                    }
                                }
                            }
                        }
                    }
                }),
                Mutant.of(Rule.STOP_TWICE, "fails for what it has stopped already", cloud -> new Good(cloud) {
                            private final Set<InstanceId> stopped = ConcurrentHashMap.newKeySet();

                            @Override
                            public void stopInstance(InstanceId id) throws Exception {
                                if (!stopped.add(id)) {
                                    throw new SmallCloud.Refusal("404", "there is no machine " + id);
                                }
                                super.stopInstance(id);
                            }
                        })
                        .so(Rule.STOP_CONCURRENT, Rule.INTERRUPT),
                Mutant.of(Rule.STOP_UNKNOWN, "fails for what it has never seen", cloud -> new Good(cloud) {
                            private final Set<InstanceId> seen = ConcurrentHashMap.newKeySet();

                            @Override
                            public List<Instance> allInstances(Tags owner) throws Exception {
                                List<Instance> all = super.allInstances(owner);
                                all.forEach(one -> seen.add(one.id()));
                                return all;
                            }

                            @Override
                            public void stopInstance(InstanceId id) throws Exception {
                                if (isThere(id)) {
                                    seen.add(id);
                                }
                                if (!seen.contains(id)) {
                                    throw new SmallCloud.Refusal("404", "there is no machine " + id);
                                }
                                super.stopInstance(id);
                            }
                        })
                        .so(Rule.BATCH_UNKNOWN),
                Mutant.of(Rule.STOP_PENDING, "fails for what nobody has seen run", cloud -> new Good(cloud) {
                    @Override
                    public void stopInstance(InstanceId id) throws Exception {
                        if (cloud.isNew(id.value())) {
                            throw new SmallCloud.Refusal("409", "machine " + id + " does not run yet");
                        }
                        super.stopInstance(id);
                    }
                }),
                Mutant.of(Rule.STOP_CONCURRENT, "fails for what is being stopped", cloud -> new Good(cloud) {
                    private final Set<InstanceId> underWay = ConcurrentHashMap.newKeySet();

                    @Override
                    public void stopInstance(InstanceId id) throws Exception {
                        if (!underWay.add(id)) {
                            throw new SmallCloud.Refusal("409", "machine " + id + " is being stopped");
                        }
                        try {
                            Thread.sleep(20);
                            super.stopInstance(id);
                        } finally {
                            underWay.remove(id);
                        }
                    }
                }),
                Mutant.of(Rule.BATCH_ALL, "stops two of a batch", cloud -> new Good(cloud) {
                    @Override
                    public int maxBatch() {
                        return 10;
                    }

                    @Override
                    public Map<InstanceId, Exception> stopInstances(List<InstanceId> ids) throws Exception {
                        return super.stopInstances(ids.subList(0, Math.min(2, ids.size())));
                    }
                }),
                Mutant.of(Rule.BATCH_UNKNOWN, "refuses a batch for one unknown id", cloud -> new Good(cloud) {
                    @Override
                    public int maxBatch() {
                        return 10;
                    }

                    @Override
                    public Map<InstanceId, Exception> stopInstances(List<InstanceId> ids) throws Exception {
                        for (InstanceId id : ids) {
                            if (!isThere(id)) {
                                throw new SmallCloud.Refusal("404", "there is no machine " + id);
                            }
                        }
                        return super.stopInstances(ids);
                    }
                }));
    }

    private static List<Mutant> list() {
        return List.of(
                Mutant.of(Rule.LIST_EMPTY, "returns null where there is nothing", cloud -> new Good(cloud) {
                            @Override
                            public List<Instance> allInstances(Tags owner) throws Exception {
                                List<Instance> all = super.allInstances(owner);
                                return all.isEmpty() ? null : all;
                            }
                        })
                        .so(Rule.LIST_TRUE_TAGS),
                Mutant.of(Rule.LIST_NO_FILTER, "lists nothing without tags", cloud -> new Good(cloud) {
                            @Override
                            public List<Instance> allInstances(Tags owner) throws Exception {
                                return owner.asMap().isEmpty() ? List.of() : super.allInstances(owner);
                            }
                        })
                        .so(Rule.LIST_COMPLETE),
                Mutant.of(Rule.LIST_FILTER, "lists nothing for fewer than two tags", cloud -> new Good(cloud) {
                    @Override
                    public List<Instance> allInstances(Tags owner) throws Exception {
                        return owner.asMap().size() == 1 ? List.of() : super.allInstances(owner);
                    }
                }),
                Mutant.of(Rule.LIST_TRUE_TAGS, "lists with the tags that were asked for", cloud -> new Good(cloud) {
                    @Override
                    public List<Instance> allInstances(Tags owner) throws Exception {
                        return super.allInstances(Tags.none()).stream()
                                .map(one -> one.tagged(one.tags().with(owner)))
                                .toList();
                    }
                }),
                Mutant.of(Rule.LIST_NOT_RUNNING, "lists what runs only", cloud -> {
                            cloud.looksUntilRunning = 40;
                            return new Good(cloud) {
                                @Override
                                public List<Instance> allInstances(Tags owner) throws Exception {
                                    return super.allInstances(owner).stream()
                                            .filter(Instance::isRunning)
                                            .toList();
                                }
                            };
                        })
                        .soNothingElseHolds(),
                Mutant.of(Rule.LIST_COMPLETE, "lists the first page only", cloud -> new Good(cloud) {
                    @Override
                    public List<Instance> allInstances(Tags owner) throws Exception {
                        return super.allInstances(owner).stream().limit(20).toList();
                    }
                }),
                Mutant.of(Rule.LIST_ELSEWHERE, "lists what it has started itself", cloud -> new Good(cloud) {
                    private final Set<InstanceId> own = ConcurrentHashMap.newKeySet();

                    @Override
                    public Instance startInstance(StartInstanceParams params) throws Exception {
                        Instance started = super.startInstance(params);
                        own.add(started.id());
                        return started;
                    }

                    @Override
                    public List<Instance> allInstances(Tags owner) throws Exception {
                        return super.allInstances(owner).stream()
                                .filter(one -> own.contains(one.id()))
                                .toList();
                    }
                }),
                Mutant.of(Rule.FIND_THERE, "finds the first only", cloud -> new Good(cloud) {
                    @Override
                    public Map<InstanceId, Instance> instances(List<InstanceId> ids, Tags owner) throws Exception {
                        Map<InstanceId, Instance> found = new LinkedHashMap<>(super.instances(ids, owner));
                        while (found.size() > 1) {
                            found.remove(found.keySet().iterator().next());
                        }
                        return found;
                    }
                }),
                Mutant.of(Rule.FIND_MISSING, "refuses a look-up for one unknown id", cloud -> new Good(cloud) {
                            @Override
                            public Map<InstanceId, Instance> instances(List<InstanceId> ids, Tags owner)
                                    throws Exception {
                                Map<InstanceId, Instance> found = super.instances(ids, owner);
                                if (ids.size() > 1 && found.size() < ids.size()) {
                                    throw new SmallCloud.Refusal("404", "not all are there of " + ids);
                                }
                                return found;
                            }
                        })
                        .so(Rule.ZONE_LOOKUP),
                Mutant.of(Rule.FIND_NONE, "takes no ids for all", cloud -> new Good(cloud) {
                    @Override
                    public Map<InstanceId, Instance> instances(List<InstanceId> ids, Tags owner) throws Exception {
                        return super.instances(
                                ids.isEmpty()
                                        ? allInstances(owner).stream()
                                                .map(Instance::id)
                                                .toList()
                                        : ids,
                                owner);
                    }
                }),
                Mutant.of(Rule.RUNNING_ALL, "takes nothing for running", cloud -> new Good(cloud) {
                    @Override
                    public List<Instance> allRunningInstances(Tags owner) {
                        return List.of();
                    }
                }),
                Mutant.of(Rule.CONTROLLER_ALL, "lists one machine of a controller", cloud -> new Good(cloud) {
                    @Override
                    public List<Instance> controllerInstances(UUID controllerUuid) throws Exception {
                        return super.controllerInstances(controllerUuid).stream()
                                .limit(1)
                                .toList();
                    }
                }));
    }

    private static List<Mutant> zones() {
        return List.of(
                Mutant.of(Rule.ZONE_NAMES, "lists a zone twice", cloud -> new Good(cloud) {
                    @Override
                    public List<AvailabilityZone> availabilityZones() throws Exception {
                        List<AvailabilityZone> twice = new ArrayList<>(super.availabilityZones());
                        twice.add(twice.get(0));
                        return twice;
                    }
                }),
                Mutant.of(Rule.ZONE_STARTED, "lists a path instead of the zone's name", cloud -> new Good(cloud) {
                    @Override
                    public List<Instance> allInstances(Tags owner) throws Exception {
                        return super.allInstances(owner).stream()
                                .map(one -> one.in("zones/" + one.zoneName()))
                                .toList();
                    }

                    @Override
                    public Map<InstanceId, String> instanceAvailabilityZoneNames(List<InstanceId> ids, Tags owner)
                            throws Exception {
                        Map<InstanceId, String> names = super.instanceAvailabilityZoneNames(ids, owner);
                        names.replaceAll((id, name) -> name.substring("zones/".length()));
                        return names;
                    }
                }),
                Mutant.of(Rule.ZONE_UNKNOWN, "falls back to its first zone", cloud -> new Good(cloud) {
                    @Override
                    public Instance startInstance(StartInstanceParams params) throws Exception {
                        return super.startInstance(
                                cloud.zones().contains(params.zoneName()) ? params : params.in("a", params.token()));
                    }
                }),
                Mutant.of(Rule.ZONE_LOOKUP, "puts unknown instances in no zone", cloud -> new Good(cloud) {
                    @Override
                    public Map<InstanceId, String> instanceAvailabilityZoneNames(List<InstanceId> ids, Tags owner)
                            throws Exception {
                        Map<InstanceId, String> names = super.instanceAvailabilityZoneNames(ids, owner);
                        ids.forEach(id -> names.putIfAbsent(id, ""));
                        return names;
                    }
                }),
                Mutant.of(Rule.ZONE_DERIVED, "derives a zone that it does not list", cloud -> new Good(cloud) {
                    @Override
                    public List<String> deriveAvailabilityZones(StartInstanceParams params) {
                        return List.of("nova");
                    }
                }));
    }

    private static List<Mutant> offers() {
        return List.of(
                Mutant.of(Rule.IMAGE_MATCH, "lists images of other systems", cloud -> new Good(cloud) {
                    @Override
                    public List<ImageMetadata> images(Base base, Arch arch) throws Exception {
                        List<ImageMetadata> images = new ArrayList<>(super.images(base, arch));
                        if (!images.isEmpty()) {
                            images.add(ImageMetadata.of("debian-12", Base.parse("debian@12"), arch));
                        }
                        return images;
                    }
                }),
                Mutant.of(Rule.IMAGE_NONE, "fails for a system that it does not have", cloud -> new Good(cloud) {
                    @Override
                    public List<ImageMetadata> images(Base base, Arch arch) throws Exception {
                        List<ImageMetadata> images = super.images(base, arch);
                        if (images.isEmpty()) {
                            throw new SmallCloud.Refusal("404", "no image of " + base);
                        }
                        return images;
                    }
                }),
                Mutant.of(Rule.IMAGE_UNKNOWN, "falls back to its own image", cloud -> new Good(cloud) {
                    @Override
                    public Instance startInstance(StartInstanceParams params) throws Exception {
                        ImageMetadata own = ImageMetadata.of("ubuntu-24", Base.parse("ubuntu@24.04"), Arch.AMD64);
                        return super.startInstance(
                                copy(params, params.userData(), params.tags(), own, params.instanceType()));
                    }
                }),
                Mutant.of(Rule.TYPE_NAMES, "gives two sizes one name", cloud -> new Good(cloud) {
                    @Override
                    public List<InstanceType> instanceTypes(Constraints constraints) throws Exception {
                        List<InstanceType> types = new ArrayList<>(super.instanceTypes(constraints));
                        types.add(1, InstanceType.of("small", Arch.AMD64, 1, 2048));
                        return types;
                    }
                }),
                Mutant.of(Rule.TYPE_FILTER, "lists the first size that fits", cloud -> new Good(cloud) {
                    @Override
                    public List<InstanceType> instanceTypes(Constraints constraints) throws Exception {
                        return super.instanceTypes(constraints).stream()
                                .filter(constraints::isMetBy)
                                .limit(constraints.isEmpty() ? Long.MAX_VALUE : 1)
                                .toList();
                    }
                }),
                Mutant.of(Rule.TYPE_STARTED, "starts small instances only", cloud -> new Good(cloud) {
                    @Override
                    public Instance startInstance(StartInstanceParams params) throws Exception {
                        return super.startInstance(copy(
                                params,
                                params.userData(),
                                params.tags(),
                                params.image(),
                                InstanceType.of("small", Arch.AMD64, 1, 1024)));
                    }
                }),
                Mutant.of(Rule.CONSTRAINTS_ACCEPT, "refuses a size that it lists", cloud -> new Good(cloud) {
                    @Override
                    public ConstraintsValidator constraintsValidator() {
                        return ConstraintsValidator.permissive()
                                .vocabulary(ConstraintName.INSTANCE_TYPE, "small", "medium");
                    }
                }),
                Mutant.of(Rule.DATA_DIRECTORY, "has a data directory with a tilde", cloud -> new Good(cloud) {
                    @Override
                    public String dataDirectory() {
                        return "~/.foothold";
                    }
                }),
                Mutant.of(Rule.USER_DATA_LIMIT, "says more than the cloud takes", cloud -> new Good(cloud) {
                    @Override
                    public UserDataLimit userDataLimit() {
                        return UserDataLimit.ofBytes(4 * SmallCloud.USER_DATA_LIMIT);
                    }
                }),
                Mutant.of(Rule.PRECHECK, "wants a zone before there is one", cloud -> new Good(cloud) {
                    @Override
                    public void precheckInstance(StartInstanceParams params) {
                        if (params.zoneName() == null) {
                            throw new IllegalArgumentException("no zone");
                        }
                    }
                }),
                Mutant.of(Rule.PREPARE_CLEAN, "does not accept its own credential", cloud -> new Good(cloud) {
                            @Override
                            public void prepareForBootstrap() {
                                throw new IllegalStateException("the token has no permission \"admin\"");
                            }
                        })
                        .so(Rule.PREPARE_NOTED),
                Mutant.of(Rule.PREPARE_NOTED, "makes a group and says nothing", cloud -> new Good(cloud) {
                    @Override
                    public void prepareForBootstrap(UndoScope scope) {
                        cloud.make(ResourceKind.SECURITY_GROUP.name(), Map.of());
                    }
                }));
    }

    private static List<Mutant> capabilities() {
        return List.of(
                Mutant.of(Rule.RESOURCE_KINDS, "changes the order of kinds", cloud -> new Good(cloud) {
                            private final AtomicBoolean turned = new AtomicBoolean();

                            @Override
                            public List<ResourceKind> kinds() {
                                boolean other = turned.getAndSet(!turned.get());
                                return other
                                        ? List.of(ResourceKind.SECURITY_GROUP, ResourceKind.VOLUME)
                                        : super.kinds();
                            }
                        })
                        .so(Rule.RESOURCE_USERS),
                Mutant.of(Rule.RESOURCE_LISTED, "lists resources without tags", cloud -> new Good(cloud) {
                    @Override
                    public List<Resource> resources(ResourceKind kind, Tags owner) throws Exception {
                        return super.resources(kind, owner).stream()
                                .map(one -> one.tagged(Tags.none()))
                                .toList();
                    }
                }),
                Mutant.of(Rule.RESOURCE_DELETED, "deletes nothing", cloud -> new Good(cloud) {
                            @Override
                            public void delete(Resource resource) {}
                        })
                        .so(Rule.RESOURCE_BATCH),
                Mutant.of(Rule.RESOURCE_UNKNOWN, "fails for a resource that is gone", cloud -> new Good(cloud) {
                            @Override
                            public void delete(Resource resource) throws Exception {
                                cloud.remove(resource.id());
                            }
                        })
                        .so(Rule.RESOURCE_BATCH),
                Mutant.of(Rule.RESOURCE_BATCH, "deletes the first of a batch", cloud -> new Good(cloud) {
                    @Override
                    public int maxBatch(ResourceKind kind) {
                        return 10;
                    }

                    @Override
                    public Map<Resource, Exception> deleteAll(List<Resource> resources) throws Exception {
                        delete(resources.get(0));
                        return Map.of();
                    }
                }),
                Mutant.of(Rule.RESOURCE_USERS, "lets groups use volumes, which go first", cloud -> new Good(cloud) {
                    @Override
                    public List<ResourceKind> users(ResourceKind kind) {
                        return List.of(ResourceKind.SECURITY_GROUP);
                    }
                }),
                Mutant.of(Rule.TAG_ADDED, "tags nothing", cloud -> new Good(cloud) {
                            @Override
                            public void tagInstance(InstanceId id, Tags tags) {}
                        })
                        .so(Rule.TAG_KEEPS),
                Mutant.of(Rule.TAG_KEEPS, "replaces all tags", cloud -> new Good(cloud) {
                    @Override
                    public void tagInstance(InstanceId id, Tags tags) throws Exception {
                        cloud.tag(id.value(), tags.asMap());
                    }
                }));
    }

    /** Takes one of the cloud's answers for something else. */
    private static Function<SmallCloud, Environ> mistaking(String code, Kind wrong) {
        return cloud -> new Good(cloud) {
            @Override
            public Optional<CloudException> classify(Exception failure) {
                return failure instanceof SmallCloud.Refusal refusal && refusal.code.equals(code)
                        ? Optional.of(new CloudException(wrong, refusal.getMessage(), refusal))
                        : super.classify(failure);
            }
        };
    }

    private static List<Mutant> refusals() {
        return List.of(
                Mutant.of(Rule.CLASSIFY_ANY, "casts what it is shown", cloud -> new Good(cloud) {
                    @Override
                    public Optional<CloudException> classify(Exception failure) {
                        return super.classify((SmallCloud.Refusal) failure);
                    }
                }),
                Mutant.of(Rule.CLASSIFY_FOREIGN, "takes what it does not know for 401", cloud -> new Good(cloud) {
                    @Override
                    public Optional<CloudException> classify(Exception failure) {
                        return Optional.of(super.classify(failure)
                                .orElse(new CloudException(Kind.CREDENTIAL_INVALID, "401?", failure)));
                    }
                }),
                Mutant.of(Rule.CREDENTIAL_INVALID, "does not know 401", mistaking("401", Kind.OTHER)),
                Mutant.of(
                        Rule.CREDENTIAL_EXPIRED,
                        "takes an expired token for a missing permission",
                        mistaking("401-expired", Kind.NOT_AUTHORISED)),
                Mutant.of(
                        Rule.CREDENTIAL_ACTION,
                        "takes a missing permission for an invalid token",
                        mistaking("403", Kind.CREDENTIAL_INVALID)),
                Mutant.of(Rule.PROBE_GOOD, "probes what the credential may not see", cloud -> new Good(cloud) {
                    @Override
                    public void probeCredential() throws Exception {
                        throw new SmallCloud.Refusal("403", "not for you");
                    }
                }),
                Mutant.of(Rule.PROBE_BAD, "probes nothing", cloud -> new Good(cloud) {
                    @Override
                    public void probeCredential() {}
                }),
                Mutant.of(Rule.THROTTLED, "does not know 429", mistaking("429", Kind.OTHER)),
                Mutant.of(Rule.CAPACITY, "does not know a full zone", mistaking("full", Kind.OTHER)),
                Mutant.of(Rule.QUOTA, "does not know the account's limit", mistaking("limit", Kind.OTHER)),
                Mutant.of(Rule.REFUSED_AT_ONCE, "repeats what is refused by itself", cloud -> new Good(cloud) {
                    @Override
                    public Instance startInstance(StartInstanceParams params) throws Exception {
                        long deadline =
                                System.nanoTime() + Duration.ofMillis(1_200).toNanos();
                        while (true) {
                            try {
                                return super.startInstance(params);
                            } catch (SmallCloud.Refusal e) {
                                if (!e.code.equals("429") || System.nanoTime() > deadline) {
                                    throw e;
                                }
                                Thread.sleep(20);
                            }
                        }
                    }
                }),
                Mutant.of(
                        Rule.REFUSED_LEAVES_NOTHING, "fails after it has started something", cloud -> new Good(cloud) {
                            @Override
                            public Instance startInstance(StartInstanceParams params) throws Exception {
                                try {
                                    return super.startInstance(params);
                                } catch (SmallCloud.Refusal e) {
                                    if (e.code.equals("full")) {
                                        cloud.refuses.remove(Kind.CAPACITY);
                                        super.startInstance(params);
                                        cloud.refuses.add(Kind.CAPACITY);
                                    }
                                    throw e;
                                }
                            }
                        }));
    }

    private static List<Mutant> calls() {
        return List.of(
                Mutant.of(Rule.INTERRUPT, "swallows interrupts", cloud -> {
                    cloud.latency = Duration.ofMillis(3);
                    return new Good(cloud) {
                        @Override
                        public List<Instance> allInstances(Tags owner) throws Exception {
                            try {
                                return super.allInstances(owner);
                            } catch (InterruptedException e) {
                                throw new IOException("the listing failed");
                            }
                        }
                    };
                }),
                Mutant.of(Rule.CONCURRENT, "uses a client that is not thread-safe", cloud -> new Good(cloud) {
                    private final AtomicBoolean busy = new AtomicBoolean();

                    @Override
                    public List<Instance> allInstances(Tags owner) throws Exception {
                        if (!busy.compareAndSet(false, true)) {
                            throw new IllegalStateException("connection is already in use");
                        }
                        try {
                            Thread.sleep(1);
                            return super.allInstances(owner);
                        } finally {
                            busy.set(false);
                        }
                    }
                }),
                Mutant.of(Rule.LEAK_THREADS, "has a thread that nobody ends", cloud -> {
                    Thread thread = new Thread(() -> {
                        try {
                            Thread.sleep(20_000);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
                    thread.setDaemon(true);
                    thread.start();
                    return new Good(cloud);
                }),
                Mutant.of(Rule.LEAK_FILES, "has a file that nobody closes", cloud -> {
                    try {
                        Path file = Files.createTempFile("foothold", "leak");
                        FORGOTTEN.add(new FileInputStream(file.toFile()));
                        Files.delete(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return new Good(cloud);
                }),
                Mutant.of(Rule.SECRET_TEXT, "shows its token in toString", cloud -> new Good(cloud) {
                    @Override
                    public String toString() {
                        return "SmallEnviron[token=" + SmallCloud.TOKEN + "]";
                    }
                }),
                Mutant.of(Rule.SECRET_FAILURES, "shows its token in failures", cloud -> new Good(cloud) {
                    @Override
                    public Instance startInstance(StartInstanceParams params) throws Exception {
                        try {
                            return super.startInstance(params);
                        } catch (SmallCloud.Refusal e) {
                            throw new CloudException(
                                    classify(e).orElseThrow().kind(),
                                    "POST /machines, Authorization: Bearer " + SmallCloud.TOKEN,
                                    e);
                        }
                    }
                }),
                Mutant.of(Rule.SECRET_LOGS, "logs its token", cloud -> new Good(cloud) {
                    @Override
                    public List<Instance> allInstances(Tags owner) throws Exception {
                        System.getLogger("small")
                                .log(System.Logger.Level.DEBUG, "GET /machines, Bearer " + SmallCloud.TOKEN);
                        return super.allInstances(owner);
                    }
                }),
                Mutant.of(Rule.LIFE_CYCLE, "starts a spare machine for controllers", cloud -> new Good(cloud) {
                            @Override
                            public Instance startInstance(StartInstanceParams params) throws Exception {
                                if (params.tags().asMap().containsKey(Owner.IS_CONTROLLER)) {
                                    super.startInstance(
                                            with(params, IdempotencyToken.derive("spare", params.displayName())));
                                }
                                return super.startInstance(params);
                            }
                        })
                        .soNothingElseHolds());
    }
}
