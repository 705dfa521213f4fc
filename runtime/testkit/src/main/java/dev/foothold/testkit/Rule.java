package dev.foothold.testkit;

/**
 * Names what is asked of a provider, in the order of {@code CONTRACT.md}, which explains it. An id never changes its
 * meaning; a rule that is changed gets a new one.
 */
public enum Rule {
    // startInstance
    /** An instance that was started is listed, under the id that was returned, within the settling time. */
    START_LISTED(
            Method.START_INSTANCE,
            Level.MUST,
            "An instance that was started is listed, under the id that was returned, within the settling time.",
            "Return the id under which the cloud lists the instance, not that of a request or an operation."),
    /** It is listed with every tag of the parameters, names and values unchanged, from its first listing on. */
    START_TAGS(
            Method.START_INSTANCE,
            Level.MUST,
            "It is listed with every tag of the parameters, names and values unchanged, from its first listing on.",
            "Hand all of params.tags() to the call that creates the machine, and read tags back as the cloud keeps them."
                    + " If the cloud allows fewer characters, encode them both ways."),
    /**
     * The tags are put on by the call that creates the instance: it is never there without them, whatever is
     * interrupted.
     */
    START_TAGS_ATOMIC(
            Method.START_INSTANCE,
            Level.MUST,
            "The tags are put on by the call that creates the instance: it is never there without them, whatever is"
                    + " interrupted.",
            "Put the tags into the request that creates the machine. If the cloud can only tag later, encode them in"
                    + " its name."),
    /** It runs within the boot time, and is listed as RUNNING then. */
    START_RUNS(
            Method.START_INSTANCE,
            Level.MUST,
            "It runs within the boot time, and is listed as RUNNING then.",
            "Map the state in which the cloud's machines work to InstanceStatus.RUNNING."),
    /** Within the boot time it has at least one address. */
    START_ADDRESS(
            Method.START_INSTANCE,
            Level.MUST,
            "Within the boot time it has at least one address.",
            "Report public and private addresses in Instance#addresses as soon as the cloud shows them."),
    /**
     * Where the cloud has idempotent creation, a second call with the same parameters starts nothing and returns the
     * same instance.
     */
    START_SAME_TOKEN(
            Method.START_INSTANCE,
            Level.MUST,
            "Where the cloud has idempotent creation, a second call with the same parameters starts nothing and returns"
                    + " the same instance.",
            "Hand params.token() to the cloud as its idempotency token. If it has none, override startsOnce() in the"
                    + " test to say so."),
    /** A call with another token starts another instance, even if all else is the same. */
    START_OTHER_TOKEN(
            Method.START_INSTANCE,
            Level.MUST,
            "A call with another token starts another instance, even if all else is the same.",
            "Hand over params.token() itself; derive no token of your own from names or tags."),
    /** Calls at the same time start one instance each, with the tags of its own call. */
    START_CONCURRENT(
            Method.START_INSTANCE,
            Level.MUST,
            "Calls at the same time start one instance each, with the tags of its own call.",
            "Keep nothing about a call in fields: every method may be called concurrently."),
    /** The machine is given the user data byte for byte. */
    START_USER_DATA(
            Method.START_INSTANCE,
            Level.MUST,
            "The machine is given the user data byte for byte.",
            "Send params.userData().base64(), or bytes(); do not trim, re-encode or wrap it."),
    /** The call returns when the cloud has accepted the instance, without waiting until it runs. */
    START_RETURNS(
            Method.START_INSTANCE,
            Level.SHOULD,
            "The call returns when the cloud has accepted the instance, without waiting until it runs.",
            "Return what the cloud answers to the request; Foothold waits for the machine itself."),
    /** The listing tells when an instance was started. */
    START_TELLS_LAUNCH(
            Method.START_INSTANCE,
            Level.SHOULD,
            "The listing tells when an instance was started.",
            "Fill Instance#launchTime, which sweeping by age needs."),

    // stopInstance
    /** An instance that was stopped is not listed any more after the stopping time. */
    STOP_GONE(
            Method.STOP_INSTANCE,
            Level.MUST,
            "An instance that was stopped is not listed any more after the stopping time.",
            "Remove the machine and do not only power it off; leave machines that are gone for good out of listings."),
    /** Nothing else is stopped with it. */
    STOP_ONLY(
            Method.STOP_INSTANCE,
            Level.MUST,
            "Nothing else is stopped with it.",
            "Name exactly the one machine in the request."),
    /** Stopping an instance that is stopped, or being stopped, is no error. */
    STOP_TWICE(
            Method.STOP_INSTANCE,
            Level.MUST,
            "Stopping an instance that is stopped, or being stopped, is no error.",
            "Take the cloud's \"not found\" and \"is being deleted\" for success."),
    /** Stopping an instance that never was there is no error. */
    STOP_UNKNOWN(
            Method.STOP_INSTANCE,
            Level.MUST,
            "Stopping an instance that never was there is no error.",
            "Take the cloud's \"not found\" for success; look nothing up that must exist."),
    /** An instance can be stopped right after it was accepted. */
    STOP_PENDING(
            Method.STOP_INSTANCE,
            Level.MUST,
            "An instance can be stopped right after it was accepted.",
            "If the cloud refuses to remove machines that do not run yet, wait in stopInstance and ask again."),
    /** Calls at the same time for the same instance all succeed. */
    STOP_CONCURRENT(
            Method.STOP_INSTANCE,
            Level.MUST,
            "Calls at the same time for the same instance all succeed.",
            "Take the cloud's \"conflict\" and \"is being deleted\" for success."),
    /** Every instance of a batch is stopped, up to maxBatch(). */
    BATCH_ALL(
            Method.STOP_INSTANCES,
            Level.MUST,
            "Every instance of a batch is stopped, up to maxBatch().",
            "Hand all ids to the cloud, or return a smaller maxBatch()."),
    /** Instances that are not there are no failures, and keep no other from being stopped. */
    BATCH_UNKNOWN(
            Method.STOP_INSTANCES,
            Level.MUST,
            "Instances that are not there are no failures, and keep no other from being stopped.",
            "If the cloud refuses a whole batch for one unknown id, leave that id out and ask again."),

    // allInstances
    /** Where there is nothing, the listing is empty. */
    LIST_EMPTY(
            Method.ALL_INSTANCES,
            Level.MUST,
            "Where there is nothing, the listing is empty.",
            "Return List.of(), neither null nor a failure, for an owner who has nothing."),
    /** Without tags to filter by, all instances are listed. */
    LIST_NO_FILTER(
            Method.ALL_INSTANCES,
            Level.MUST,
            "Without tags to filter by, all instances are listed.",
            "Send no filter to the cloud if the tags are empty."),
    /** Everything that carries all of the tags is listed, whatever tags it has besides. */
    LIST_FILTER(
            Method.ALL_INSTANCES,
            Level.MUST,
            "Everything that carries all of the tags is listed, whatever tags it has besides.",
            "Ask for instances that contain the tags, not for those whose tags are equal; when in doubt list all."),
    /** The tags of a listed instance are those that the cloud keeps, never those that were asked for. */
    LIST_TRUE_TAGS(
            Method.ALL_INSTANCES,
            Level.MUST,
            "The tags of a listed instance are those that the cloud keeps, never those that were asked for.",
            "Read the tags from the cloud's answer. Foothold stops what carries its tags: an invented tag is somebody"
                    + " else's machine."),
    /** Instances are listed whatever their status, also before they run. */
    LIST_NOT_RUNNING(
            Method.ALL_INSTANCES,
            Level.MUST,
            "Instances are listed whatever their status, also before they run.",
            "Do not filter by status, and check whether the cloud's listing does so by default."),
    /** The listing is complete, however many there are. */
    LIST_COMPLETE(
            Method.ALL_INSTANCES,
            Level.MUST,
            "The listing is complete, however many there are.",
            "Follow the cloud's pages to the last one."),
    /** Another environ, as another process would have it, lists, finds and stops what this one has started. */
    LIST_ELSEWHERE(
            Method.ALL_INSTANCES,
            Level.MUST,
            "Another environ, as another process would have it, lists, finds and stops what this one has started.",
            "Ask the cloud for everything; keep no instances in memory or in files."),
    /** Instances that are there are found by their ids, and are keys of the answer. */
    FIND_THERE(
            Method.INSTANCES,
            Level.MUST,
            "Instances that are there are found by their ids, and are keys of the answer.",
            "Return each instance under the id that was asked for; leave the method as it is if the cloud cannot look"
                    + " up ids."),
    /** Ids that are not there are missing in the answer, which is no error and hides no other. */
    FIND_MISSING(
            Method.INSTANCES,
            Level.MUST,
            "Ids that are not there are missing in the answer, which is no error and hides no other.",
            "If the cloud refuses a look-up for one unknown id, leave that id out and ask again."),
    /** No ids find nothing. */
    FIND_NONE(
            Method.INSTANCES,
            Level.MUST,
            "No ids find nothing.",
            "Return Map.of() for an empty list; many clouds take an empty filter for no filter."),
    /** What allInstances lists as RUNNING is listed here. */
    RUNNING_ALL(
            Method.ALL_RUNNING_INSTANCES,
            Level.MUST,
            "What allInstances lists as RUNNING is listed here.",
            "Leave the method as it is, or filter by the same state."),
    /** Every instance that carries the controller's tags is listed here, of whatever model it is. */
    CONTROLLER_ALL(
            Method.CONTROLLER_INSTANCES,
            Level.MUST,
            "Every instance that carries the controller's tags is listed here, of whatever model it is.",
            "Leave the method as it is, or filter by Owner.controllerTags(uuid) and nothing else."),

    // zones
    /** There is at least one zone, and each has a name of its own that is not blank. */
    ZONE_NAMES(
            Method.AVAILABILITY_ZONES,
            Level.MUST,
            "There is at least one zone, and each has a name of its own that is not blank.",
            "List every zone once, by the name that startInstance takes."),
    /** An instance is started in the zone that the parameters name, and listed in it by the same name. */
    ZONE_STARTED(
            Method.AVAILABILITY_ZONES,
            Level.MUST,
            "An instance is started in the zone that the parameters name, and listed in it by the same name.",
            "Hand params.zone() over, and report the short name if the cloud answers with a URL or a path."),
    /** A zone that does not exist is refused, and nothing is started. */
    ZONE_UNKNOWN(
            Method.AVAILABILITY_ZONES,
            Level.MUST,
            "A zone that does not exist is refused, and nothing is started.",
            "Let the cloud refuse it; never fall back to a default zone."),
    /** The zones of instances that are there are told; ids that are not there are missing, which is no error. */
    ZONE_LOOKUP(
            Method.INSTANCE_AVAILABILITY_ZONE_NAMES,
            Level.MUST,
            "The zones of instances that are there are told; ids that are not there are missing, which is no error.",
            "Leave the method as it is, or leave out what the cloud does not know."),
    /** Only zones that availabilityZones lists are derived. */
    ZONE_DERIVED(
            Method.DERIVE_AVAILABILITY_ZONES,
            Level.MUST,
            "Only zones that availabilityZones lists are derived.",
            "Return names of zones as availabilityZones does, or an empty list if nothing binds the instance."),

    // what there is to start
    /** Images that are listed have the operating system and the architecture that were asked for. */
    IMAGE_MATCH(
            Method.IMAGES,
            Level.MUST,
            "Images that are listed have the operating system and the architecture that were asked for.",
            "Filter by base and architecture: the first image is taken."),
    /** Where no image fits, the list is empty. */
    IMAGE_NONE(
            Method.IMAGES,
            Level.MUST,
            "Where no image fits, the list is empty.",
            "Return List.of() for an operating system that the cloud does not have."),
    /** An image that does not exist is refused, and nothing is started. */
    IMAGE_UNKNOWN(
            Method.IMAGES,
            Level.MUST,
            "An image that does not exist is refused, and nothing is started.",
            "Hand params.image() over; never fall back to a default image."),
    /** Each size has a name of its own. */
    TYPE_NAMES(
            Method.INSTANCE_TYPES,
            Level.MUST,
            "Each size has a name of its own.",
            "List every size once, by the name that startInstance takes."),
    /** Every size that meets the constraints is listed for them. */
    TYPE_FILTER(
            Method.INSTANCE_TYPES,
            Level.MUST,
            "Every size that meets the constraints is listed for them.",
            "Filter by nothing but the constraints given, or not at all: Foothold filters again."),
    /** An instance has the size that the parameters name, as far as its hardware is told. */
    TYPE_STARTED(
            Method.INSTANCE_TYPES,
            Level.MUST,
            "An instance has the size that the parameters name, as far as its hardware is told.",
            "Hand params.instanceType().name() over."),
    /** No constraints at all, and the name of every listed size, are accepted. */
    CONSTRAINTS_ACCEPT(
            Method.CONSTRAINTS_VALIDATOR,
            Level.MUST,
            "No constraints at all, and the name of every listed size, are accepted.",
            "Take the words of a vocabulary from the same source as instanceTypes."),
    /** The data directory is an absolute path, or one below the directory in which commands start. */
    DATA_DIRECTORY(
            Method.DATA_DIRECTORY,
            Level.MUST,
            "The data directory is an absolute path, or one below the directory in which commands start.",
            "Return a plain path: no ~, no variables, no \"..\"."),
    /** User data as long as the limit says is accepted. */
    USER_DATA_LIMIT(
            Method.USER_DATA_LIMIT,
            Level.MUST,
            "User data as long as the limit says is accepted.",
            "Return the cloud's true limit in bytes before encoding; if that of the encoded text is known, take three"
                    + " quarters of it."),
    /** The precheck refuses nothing that can be started, and starts nothing. */
    PRECHECK(
            Method.PRECHECK_INSTANCE,
            Level.MUST,
            "The precheck refuses nothing that can be started, and starts nothing.",
            "Refuse only what can surely not be started, whatever the zone; the zone is not set."),
    /** Preparing accepts a good credential, and starts no instance. */
    PREPARE_CLEAN(
            Method.PREPARE_FOR_BOOTSTRAP,
            Level.MUST,
            "Preparing accepts a good credential, and starts no instance.",
            "Ask the cloud something cheap; start nothing."),
    /** What preparing makes is noted in the scope, with an undo that removes it. */
    PREPARE_NOTED(
            Method.PREPARE_FOR_BOOTSTRAP,
            Level.MUST,
            "What preparing makes is noted in the scope, with an undo that removes it.",
            "Call scope.created(kind, id, undo) at once for everything that is made."),

    // capabilities
    /** The kinds are always the same, in the same order, each of them once. */
    RESOURCE_KINDS(
            Method.KINDS,
            Level.MUST,
            "The kinds are always the same, in the same order, each of them once.",
            "Return a constant list in the order of deletion."),
    /** A resource is listed under its kind, with the tags that the cloud keeps. */
    RESOURCE_LISTED(
            Method.RESOURCES,
            Level.MUST,
            "A resource is listed under its kind, with the tags that the cloud keeps.",
            "Read id and tags from the cloud's answer, and follow its pages."),
    /** A resource that was deleted is not listed any more after the stopping time. */
    RESOURCE_DELETED(
            Method.DELETE,
            Level.MUST,
            "A resource that was deleted is not listed any more after the stopping time.",
            "Delete it, and leave what is gone for good out of listings."),
    /** Deleting a resource that is not there is no error. */
    RESOURCE_UNKNOWN(
            Method.DELETE,
            Level.MUST,
            "Deleting a resource that is not there is no error.",
            "Take the cloud's \"not found\" for success."),
    /** All resources of a batch are deleted, and one that is not there is no failure. */
    RESOURCE_BATCH(
            Method.DELETE_ALL,
            Level.MUST,
            "All resources of a batch are deleted, and one that is not there is no failure.",
            "Hand over all ids, and return a failure for those only that are still there."),
    /** The users of a kind are kinds that come before it. */
    RESOURCE_USERS(
            Method.USERS,
            Level.MUST,
            "The users of a kind are kinds that come before it.",
            "Name kinds from kinds(), or move the used kind behind its users."),
    /** Tags that are put on later are listed. */
    TAG_ADDED(
            Method.TAG_INSTANCE,
            Level.MUST,
            "Tags that are put on later are listed.",
            "Send the tags to the cloud and read them back from it."),
    /** Tags that were there before are still there. */
    TAG_KEEPS(
            Method.TAG_INSTANCE,
            Level.MUST,
            "Tags that were there before are still there.",
            "If the cloud's call replaces all tags, read them first and send the union."),

    // refusals
    /** Any exception can be shown to classify, which throws none. */
    CLASSIFY_ANY(
            Method.CLASSIFY,
            Level.MUST,
            "Any exception can be shown to classify, which throws none.",
            "Use instanceof rather than a cast, and expect details to be missing."),
    /** An exception that has nothing to do with credentials is not taken for a refusal of them. */
    CLASSIFY_FOREIGN(
            Method.CLASSIFY,
            Level.MUST,
            "An exception that has nothing to do with credentials is not taken for a refusal of them.",
            "Return Optional.empty() for what is not known: a credential that is called invalid is taken out of use."),
    /**
     * A credential that is not accepted at all is CREDENTIAL_INVALID, or ACCESS_DENIED if the cloud does not tell.
     */
    CREDENTIAL_INVALID(
            Method.CLASSIFY,
            Level.MUST,
            "A credential that is not accepted at all is CREDENTIAL_INVALID, or ACCESS_DENIED if the cloud does not tell.",
            "Map the cloud's answer, usually HTTP status 401, in classify."),
    /** A credential whose time is over is CREDENTIAL_EXPIRED, or CREDENTIAL_INVALID if the cloud does not tell. */
    CREDENTIAL_EXPIRED(
            Method.CLASSIFY,
            Level.MUST,
            "A credential whose time is over is CREDENTIAL_EXPIRED, or CREDENTIAL_INVALID if the cloud does not tell.",
            "Map the cloud's answer in classify."),
    /** A good credential without permission for one action is NOT_AUTHORISED, or ACCESS_DENIED; never invalid. */
    CREDENTIAL_ACTION(
            Method.CLASSIFY,
            Level.MUST,
            "A good credential without permission for one action is NOT_AUTHORISED, or ACCESS_DENIED; never invalid.",
            "Map the cloud's answer, usually HTTP status 403, to NOT_AUTHORISED."),
    /** The probe succeeds with a good credential. */
    PROBE_GOOD(
            Method.PROBE_CREDENTIAL,
            Level.MUST,
            "The probe succeeds with a good credential.",
            "Ask for something that every credential may see."),
    /** The probe fails with a credential that is not accepted. */
    PROBE_BAD(
            Method.PROBE_CREDENTIAL,
            Level.MUST,
            "The probe fails with a credential that is not accepted.",
            "Ask the cloud; do not judge by what is known locally, and cache nothing."),
    /** Being asked too often is THROTTLED. */
    THROTTLED(
            Method.CLASSIFY,
            Level.MUST,
            "Being asked too often is THROTTLED.",
            "Map the cloud's answer, usually HTTP status 429, in classify, with withRetryAfter if it says when."),
    /** A zone without room is CAPACITY. */
    CAPACITY(
            Method.CLASSIFY,
            Level.MUST,
            "A zone without room is CAPACITY.",
            "Map the cloud's answer in classify: the next zone is tried at once."),
    /** An account that may not have more is QUOTA. */
    QUOTA(
            Method.CLASSIFY,
            Level.MUST,
            "An account that may not have more is QUOTA.",
            "Map the cloud's answer in classify."),
    /** Refusals for want of room, quota or pace are thrown at once, not repeated inside the environ. */
    REFUSED_AT_ONCE(
            Method.CLASSIFY,
            Level.MUST,
            "Refusals for want of room, quota or pace are thrown at once, not repeated inside the environ.",
            "Switch off the retries of the client library: Foothold repeats what helps and tries other zones for the"
                    + " rest."),
    /** A start that was refused leaves no instance. */
    REFUSED_LEAVES_NOTHING(
            Method.CLASSIFY,
            Level.MUST,
            "A start that was refused leaves no instance.",
            "Let the cloud refuse before anything is made, or remove what was made before throwing."),

    // all calls
    /**
     * An interrupted call ends soon: normally, with InterruptedException, or with a failure that has it as its cause
     * or leaves the thread interrupted.
     */
    INTERRUPT(
            Method.ALL,
            Level.MUST,
            "An interrupted call ends soon: normally, with InterruptedException, or with a failure that has it as its"
                    + " cause or leaves the thread interrupted.",
            "Let InterruptedException pass; never catch it without throwing it on."),
    /** Calls at the same time do not disturb each other. */
    CONCURRENT(
            Method.ALL,
            Level.MUST,
            "Calls at the same time do not disturb each other.",
            "Keep no state in fields that calls change; use a client that is thread-safe."),
    /** Environs that were closed leave no threads. */
    LEAK_THREADS(
            Method.ALL,
            Level.MUST,
            "Environs that were closed leave no threads.",
            "Implement AutoCloseable, and shut down what has threads of its own."),
    /** Environs that were closed leave no sockets or files open. */
    LEAK_FILES(
            Method.ALL,
            Level.MUST,
            "Environs that were closed leave no sockets or files open.",
            "Implement AutoCloseable and close clients; close every answer's body."),
    /** The environ's toString shows no secret. */
    SECRET_TEXT(
            Method.ALL,
            Level.MUST,
            "The environ's toString shows no secret.",
            "Do not print credentials: keep them in Secret, or override toString."),
    /** No failure shows a secret. */
    SECRET_FAILURES(
            Method.ALL,
            Level.MUST,
            "No failure shows a secret.",
            "Do not put requests, headers or URLs with credentials into messages."),
    /** Nothing that is logged or printed shows a secret. */
    SECRET_LOGS(
            Method.ALL,
            Level.MUST,
            "Nothing that is logged or printed shows a secret.",
            "Do not log requests with their headers."),

    // the whole
    /** A model can be bootstrapped and destroyed, and whatever happens in between, nothing is left. */
    LIFE_CYCLE(
            Method.WHOLE,
            Level.MUST,
            "A model can be bootstrapped and destroyed, and whatever happens in between, nothing is left.",
            "The rules above have to hold also for first machines: look for what differs for instances with the"
                    + " controller's tags.");

    /** The version of the contract. It changes when a provider that has honoured it may not do so any more. */
    public static final int CONTRACT_VERSION = 1;

    /** Says how much depends on a rule. */
    public enum Level {
        /** Foothold cannot keep its promises otherwise. */
        MUST,
        /** Foothold is slower, or says less, otherwise. */
        SHOULD
    }

    /** Names what a rule is about, as the contract's headings do. */
    enum Method {
        START_INSTANCE("Environ", "startInstance"),
        STOP_INSTANCE("Environ", "stopInstance"),
        STOP_INSTANCES("Environ", "stopInstances, maxBatch"),
        ALL_INSTANCES("Environ", "allInstances"),
        INSTANCES("Environ", "instances"),
        ALL_RUNNING_INSTANCES("Environ", "allRunningInstances"),
        CONTROLLER_INSTANCES("Environ", "controllerInstances"),
        AVAILABILITY_ZONES("ZonedEnviron", "availabilityZones"),
        INSTANCE_AVAILABILITY_ZONE_NAMES("ZonedEnviron", "instanceAvailabilityZoneNames"),
        DERIVE_AVAILABILITY_ZONES("ZonedEnviron", "deriveAvailabilityZones"),
        IMAGES("Environ", "images"),
        INSTANCE_TYPES("Environ", "instanceTypes"),
        CONSTRAINTS_VALIDATOR("Environ", "constraintsValidator"),
        DATA_DIRECTORY("Environ", "dataDirectory"),
        USER_DATA_LIMIT("Environ", "userDataLimit"),
        PRECHECK_INSTANCE("Environ", "precheckInstance"),
        PREPARE_FOR_BOOTSTRAP("Environ", "prepareForBootstrap"),
        KINDS("HasResources", "kinds"),
        RESOURCES("HasResources", "resources"),
        DELETE("HasResources", "delete"),
        DELETE_ALL("HasResources", "deleteAll, maxBatch"),
        USERS("HasResources", "users"),
        TAG_INSTANCE("InstanceTagger", "tagInstance"),
        CLASSIFY("Environ", "classify"),
        PROBE_CREDENTIAL("CredentialProbe", "probeCredential"),
        ALL("", "every method"),
        WHOLE("", "the whole");

        final String type;
        final String text;

        Method(String type, String text) {
            this.type = type;
            this.text = text;
        }
    }

    private final Method method;
    private final Level level;
    private final String text;
    private final String cure;

    Rule(Method method, Level level, String text, String cure) {
        this.method = method;
        this.level = level;
        this.text = text;
        this.cure = cure;
    }

    /**
     * Gives the id by which failures cite the rule and {@code CONTRACT.md} lists it.
     *
     * @return for example {@code START-TAGS}
     */
    public String id() {
        return name().replace('_', '-');
    }

    /**
     * Says how much depends on it.
     *
     * @return the level
     */
    public Level level() {
        return level;
    }

    /**
     * Says what is asked.
     *
     * @return one sentence
     */
    public String text() {
        return text;
    }

    /**
     * Says what to do if it is broken.
     *
     * @return advice for a provider's author
     */
    public String cure() {
        return cure;
    }

    Method method() {
        return method;
    }

    @Override
    public String toString() {
        return id();
    }
}
