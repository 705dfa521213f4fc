package dev.foothold.model;

import java.util.Objects;
import java.util.UUID;

/**
 * Says to which model and which controller a resource in a cloud belongs.
 *
 * @param modelUuid the model: one set of machines that is made and destroyed together
 * @param controllerUuid the controller that manages the model
 */
public record Owner(UUID modelUuid, UUID controllerUuid) {

    /** The tag that holds the model's UUID. */
    public static final String MODEL_UUID = "foothold-model-uuid";

    /** The tag that holds the controller's UUID. */
    public static final String CONTROLLER_UUID = "foothold-controller-uuid";

    /** The tag that marks a controller machine; its value is {@code true}. */
    public static final String IS_CONTROLLER = "foothold-is-controller";

    /** The tag that names the operation which made a resource. */
    public static final String OPERATION = "foothold-operation";

    private static final String FULL_NAME_PREFIX = "foothold-";

    /**
     * Creates an owner.
     *
     * @param modelUuid the model: one set of machines that is made and destroyed together
     * @param controllerUuid the controller that manages the model
     */
    public Owner {
        Objects.requireNonNull(modelUuid, "modelUuid");
        Objects.requireNonNull(controllerUuid, "controllerUuid");
    }

    /**
     * Gives the tags that everything of this owner carries from its creation on.
     *
     * @return {@value #MODEL_UUID} and {@value #CONTROLLER_UUID}
     */
    public Tags tags() {
        return Tags.of(MODEL_UUID, modelUuid.toString()).with(CONTROLLER_UUID, controllerUuid.toString());
    }

    /**
     * Gives the tags by which the machines of a controller are known, whichever of its models they are in.
     *
     * @param controllerUuid the controller
     * @return {@value #CONTROLLER_UUID} and {@value #IS_CONTROLLER}
     */
    public static Tags controllerTags(UUID controllerUuid) {
        return Tags.of(CONTROLLER_UUID, controllerUuid.toString()).with(IS_CONTROLLER, "true");
    }

    /**
     * Gives the tag that everything of all models of a controller carries.
     *
     * @param controllerUuid the controller
     * @return {@value #CONTROLLER_UUID}
     */
    public static Tags managedBy(UUID controllerUuid) {
        return Tags.of(CONTROLLER_UUID, controllerUuid.toString());
    }

    /**
     * Gives a name for resources that are shared by a whole model, for clouds where names must be unique.
     *
     * @return {@code foothold-<model uuid>}, 45 characters
     */
    public String fullName() {
        return envFullName(modelUuid);
    }

    /**
     * Gives the full name of any model.
     *
     * @param modelUuid the model
     * @return {@code foothold-<uuid>}
     */
    public static String envFullName(UUID modelUuid) {
        return FULL_NAME_PREFIX + modelUuid;
    }
}
