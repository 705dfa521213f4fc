package dev.foothold.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foothold.constraints.Constraints;
import dev.foothold.constraints.ConstraintsReport;
import dev.foothold.constraints.ConstraintsValidator;
import dev.foothold.environ.HasResources;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.UndoScope;
import dev.foothold.environ.UserDataSupport;
import dev.foothold.instance.HardwareCharacteristics;
import dev.foothold.instance.Instance;
import dev.foothold.machine.Base;
import dev.foothold.machine.ImageMetadata;
import dev.foothold.machine.InstanceType;
import dev.foothold.machine.UserData;
import dev.foothold.machine.UserDataLimit;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** What holds for what an environ says that there is to start, and how. */
abstract class OfferRules extends RuleGroup {

    private static final Base NO_SUCH_BASE = Base.parse("plan9@4.2");
    private static final String NO_SUCH_IMAGE = "foothold-no-such-image";

    OfferRules(Workbench bench) {
        super(bench);
    }

    private List<ImageMetadata> images() throws Exception {
        List<ImageMetadata> images =
                environ().images(bench.contract().base(), bench.contract().arch());
        check(images != null, "images has returned null");
        assumeTrue(!images.isEmpty(), "the environ lists no images");
        return images;
    }

    private List<InstanceType> types() throws Exception {
        List<InstanceType> types = environ().instanceTypes(Constraints.none());
        check(types != null, "instanceTypes has returned null");
        assumeTrue(!types.isEmpty(), "the environ lists no sizes");
        return types;
    }

    @Checks(value = Rule.IMAGE_MATCH, live = true)
    void imagesAreOfWhatWasAskedFor() throws Exception {
        for (ImageMetadata image : images()) {
            check(
                    image.base().equals(bench.contract().base())
                            && image.arch() == bench.contract().arch(),
                    "images(%s, %s) lists %s, which is for %s on %s",
                    bench.contract().base(),
                    bench.contract().arch(),
                    image.id(),
                    image.base(),
                    image.arch());
        }
    }

    @Checks(value = Rule.IMAGE_NONE, live = true)
    void noImageFitsAnUnknownSystem() throws Exception {
        List<ImageMetadata> images =
                environ().images(NO_SUCH_BASE, bench.contract().arch());
        check(images != null && images.isEmpty(), "images(%s, …) has returned %s", NO_SUCH_BASE, images);
    }

    @Checks(Rule.IMAGE_UNKNOWN)
    void anUnknownImageIsRefused() throws Exception {
        images();
        StartInstanceParams params = bench.params(Workbench.owner());
        ImageMetadata image = ImageMetadata.of(
                NO_SUCH_IMAGE, bench.contract().base(), bench.contract().arch());
        ZoneRules.refused(
                bench,
                with(params, image, params.instanceType()),
                "image \"" + NO_SUCH_IMAGE + "\", which does not exist,");
    }

    private static StartInstanceParams with(StartInstanceParams params, ImageMetadata image, InstanceType type) {
        return new StartInstanceParams(
                params.owner(),
                params.displayName(),
                params.token(),
                params.userData(),
                params.tags(),
                params.zoneName(),
                image,
                type);
    }

    @Checks(value = Rule.TYPE_NAMES, live = true)
    void everySizeHasANameOfItsOwn() throws Exception {
        Set<String> names = new HashSet<>();
        for (InstanceType type : types()) {
            check(names.add(type.name()), "instanceTypes lists \"%s\" more than once", type.name());
        }
    }

    @Checks(value = Rule.TYPE_FILTER, live = true)
    void everySizeThatFitsIsListed() throws Exception {
        List<InstanceType> all = types();
        for (InstanceType type : all) {
            Constraints constraints = Constraints.none().withCores(type.cores()).withMemoryMib(type.memoryMib());
            List<InstanceType> listed = environ().instanceTypes(constraints);
            for (InstanceType fits : all.stream().filter(constraints::isMetBy).toList()) {
                check(
                        listed.contains(fits),
                        "instanceTypes(%s) does not list %s, which meets these constraints; it lists %s",
                        constraints,
                        fits,
                        listed);
            }
        }
    }

    @Checks(Rule.TYPE_STARTED)
    void anInstanceHasTheSizeThatWasAskedFor() throws Exception {
        List<InstanceType> types = types().stream()
                .filter(one -> one.arch() == bench.contract().arch())
                .toList();
        assumeTrue(
                !types.isEmpty(),
                "the environ lists no sizes for " + bench.contract().arch());
        for (InstanceType type : Set.copyOf(List.of(types.get(0), types.get(types.size() - 1)))) {
            Owner owner = Workbench.owner();
            StartInstanceParams params = bench.params(owner);
            Instance seen =
                    bench.listed(bench.start(with(params, params.image(), type)).id(), owner.tags());
            HardwareCharacteristics told = seen.hardware();
            check(
                    told.cores().orElse(type.cores()) == type.cores()
                            && told.memoryMib().orElse(type.memoryMib()) == type.memoryMib(),
                    "instance %s was started as %s, but is made of %s",
                    seen.id(),
                    type,
                    told);
        }
    }

    @Checks(value = Rule.CONSTRAINTS_ACCEPT, live = true)
    void whatIsListedIsAccepted() throws Exception {
        ConstraintsValidator validator = environ().constraintsValidator();
        check(validator != null, "constraintsValidator has returned null");
        Stream<Constraints> good = Stream.concat(
                Stream.of(Constraints.none()),
                environ().instanceTypes(Constraints.none()).stream()
                        .map(type -> Constraints.none().withInstanceType(type.name())));
        for (Constraints constraints : good.toList()) {
            ConstraintsReport report = validator.validate(constraints);
            check(
                    report.faults().isEmpty(),
                    "the validator refuses the constraints \"%s\": %s",
                    constraints,
                    report.describeFaults());
        }
    }

    @Checks(value = Rule.DATA_DIRECTORY, live = true)
    void theDataDirectoryIsAPlainPath() throws Exception {
        String path = environ().dataDirectory();
        check(
                path != null
                        && path.matches("/?[A-Za-z0-9._+@-]+(/[A-Za-z0-9._+@-]+)*")
                        && !List.of(path.split("/")).contains(".."),
                "dataDirectory has returned \"%s\"",
                path);
    }

    @Checks(Rule.USER_DATA_LIMIT)
    void userDataMayBeAsLongAsTheLimitSays() throws Exception {
        assumeTrue(environ().userData() == UserDataSupport.CLOUD_CONFIG, "the machines take no user data");
        UserDataLimit limit = environ().userDataLimit();
        check(limit != null, "userDataLimit has returned null");
        String head = "#cloud-config\n#";
        UserData longest = UserData.of(head + "x".repeat(limit.bytes() - head.length() - 1) + "\n");
        StartInstanceParams params = StartRules.with(bench.params(Workbench.owner()), longest);
        try {
            bench.start(params);
        } catch (InterruptedException | BrokenRule e) {
            throw e;
        } catch (Exception e) {
            throw new BrokenRule(
                    "userDataLimit says " + limit.bytes() + " bytes, but a start with so many has thrown " + e, e);
        }
    }

    @Checks(value = Rule.PRECHECK, live = true)
    void whatCanBeStartedIsNotRefused() throws Exception {
        Owner owner = Workbench.owner();
        StartInstanceParams params = bench.params(owner);
        StartInstanceParams anywhere = StartRules.anywhere(params);
        try {
            environ().precheckInstance(anywhere);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new BrokenRule("precheckInstance has refused what can be started: " + e, e);
        }
        List<Instance> own = bench.own(owner);
        check(own.isEmpty(), "precheckInstance has started %s", StartRules.ids(own));
        environ().startInstance(params);
    }

    @Checks(value = Rule.PREPARE_CLEAN, live = true)
    void preparingStartsNothing() throws Exception {
        Owner owner = Workbench.owner();
        Set<ResourceKind> noted = new HashSet<>();
        environ().prepareForBootstrap((kind, id, undo) -> noted.add(kind));
        List<Instance> own = bench.own(owner);
        check(own.isEmpty(), "prepareForBootstrap has started %s", StartRules.ids(own));
    }

    @Checks(Rule.PREPARE_NOTED)
    void whatIsMadeIsNotedOrTagged() throws Exception {
        assumeTrue(environ() instanceof HasResources, "the environ does not implement HasResources");
        HasResources more = (HasResources) environ();
        Set<String> before = resources(more);
        Set<String> noted = new HashSet<>();
        List<UndoScope.Step> steps = new CopyOnWriteArrayList<>();
        UndoScope scope = (kind, id, undo) -> {
            noted.add(kind + " " + id);
            steps.add(0, undo);
        };
        environ().prepareForBootstrap(scope);
        Set<String> made = resources(more);
        made.removeAll(before);
        Set<String> forgotten = new HashSet<>(made);
        forgotten.removeAll(noted);
        for (UndoScope.Step step : steps) {
            step.run();
        }
        check(forgotten.isEmpty(), "prepareForBootstrap has made %s, and has not noted that in its scope", forgotten);
        Set<String> left = resources(more);
        left.retainAll(made);
        check(left.isEmpty(), "prepareForBootstrap has made %s, which its undo has not removed", left);
    }

    private static Set<String> resources(HasResources more) throws Exception {
        Set<String> all = new HashSet<>();
        for (ResourceKind kind : more.kinds()) {
            for (Resource one : more.resources(kind, Tags.none())) {
                all.add(one.kind() + " " + one.id());
            }
        }
        return all;
    }
}
