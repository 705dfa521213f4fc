package dev.foothold.processor.check;

import dev.foothold.processor.model.ConstructorModel;
import dev.foothold.processor.model.CredentialModel;
import dev.foothold.processor.model.KebabCase;
import dev.foothold.processor.model.Located;
import dev.foothold.processor.model.ParameterModel;
import dev.foothold.processor.model.ProviderAnnotation;
import dev.foothold.processor.model.ProviderModel;
import dev.foothold.processor.model.RecordModel;
import dev.foothold.processor.model.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges a provider: can its glue be generated, and will it work?
 *
 * <p>One mistake gives one finding; after a mistake that makes others likely, nothing more is looked at.
 */
public final class ProviderChecker {

    /** The key by which users choose the kind of credential. */
    private static final String AUTH_TYPE = "auth-type";

    private static final int MAX_PARAMETERS = 2;

    private final ProviderModel provider;
    private final String type;
    private final String label;
    private final List<Finding> findings = new ArrayList<>();

    private ProviderChecker(ProviderModel provider) {
        this.provider = provider;
        this.type = provider.type().qualifiedName();
        this.label = provider.annotation().label();
    }

    /**
     * Checks one provider.
     *
     * @param provider what was read
     * @return what is wrong, in the order in which it is to be printed; empty if code can be generated
     */
    public static List<Finding> check(ProviderModel provider) {
        ProviderChecker checker = new ProviderChecker(provider);
        checker.all();
        return List.copyOf(checker.findings);
    }

    private void all() {
        Shape shape = provider.shape();
        List<String> missing = provider.surroundings().missingRuntimeTypes();
        if (!missing.isEmpty()) {
            add(Problem.RUNTIME_MISSING.at(provider.place(), type, missing.get(0)));
        } else if (provider.annotations().size() > 1) {
            add(Problem.BOTH_ANNOTATIONS.at(provider.annotations().get(1).place(), type));
        } else if (shape.notAClass().isPresent()) {
            add(Problem.NOT_A_CLASS.at(
                    provider.annotation().place(),
                    label,
                    type,
                    shape.notAClass().get()));
        } else {
            names(provider.annotation());
            shape(shape);
            environ(shape);
            constructors(provider.constructors());
            provider.surroundings()
                    .takenNames()
                    .forEach(taken -> add(Problem.NAME_CLASH.at(provider.place(), taken, type)));
        }
    }

    private void names(ProviderAnnotation annotation) {
        Located<String> name = annotation.name();
        if (name.value().isBlank()) {
            add(Problem.BLANK_NAME.at(name.place(), type));
        } else if (!KebabCase.matches(name.value())) {
            add(Problem.BAD_NAME.at(name.place(), name.value(), suggestion(name.value())));
        }
        Set<String> seen = new HashSet<>(Set.of(name.value()));
        for (Located<String> alias : annotation.aliases()) {
            if (!KebabCase.matches(alias.value()) || !seen.add(alias.value())) {
                add(Problem.BAD_ALIAS.at(alias.place(), alias.value(), suggestion(alias.value())));
            }
        }
    }

    private void shape(Shape shape) {
        if (shape.isAbstract()) {
            add(Problem.ABSTRACT_CLASS.at(provider.place(), label, type));
        }
        shape.privateType().ifPresent(hidden -> add(Problem.PRIVATE_CLASS.at(provider.place(), label, type, hidden)));
        if (shape.isInner()) {
            add(Problem.INNER_CLASS.at(provider.place(), label, type));
        }
        if (shape.isGeneric()) {
            add(Problem.GENERIC_CLASS.at(provider.place(), label, type));
        }
    }

    private void environ(Shape shape) {
        ProviderAnnotation annotation = provider.annotation();
        if (!shape.isEnviron()) {
            String wanted = annotation.zoned() ? "ZonedEnviron" : "Environ";
            add(Problem.NOT_AN_ENVIRON.at(annotation.place(), label, type, wanted));
        } else if (annotation.zoned() && !shape.isZonedEnviron()) {
            add(Problem.NOT_ZONED.at(annotation.place(), label, type));
        } else if (!annotation.zoned() && shape.isZonedEnviron()) {
            add(Problem.ZONES_IGNORED.at(annotation.place(), type));
        }
    }

    private void constructors(List<ConstructorModel> constructors) {
        if (constructors.isEmpty()) {
            add(Problem.NO_USABLE_CONSTRUCTOR.at(provider.place(), label, type));
        } else if (constructors.size() > 1) {
            add(Problem.AMBIGUOUS_CONSTRUCTOR.at(constructors.get(1).place(), label, type, constructors.size()));
        } else {
            parameters(constructors.get(0).parameters());
        }
    }

    private void parameters(List<ParameterModel> parameters) {
        List<RecordModel> configuration = new ArrayList<>();
        List<List<RecordModel>> credentials = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            ParameterModel parameter = parameters.get(i);
            ParameterModel.Content content = parameter.content();
            if (i >= MAX_PARAMETERS || content instanceof ParameterModel.Other || !credentials.isEmpty()) {
                add(Problem.BAD_CONSTRUCTOR_PARAMETER.at(
                        parameter.place(), parameter.name(), type, parameter.typeText()));
            } else if (!visible(parameter)) {
                return;
            } else if (content instanceof ParameterModel.Configuration only) {
                configuration.add(only.record());
            } else if (content instanceof ParameterModel.Credential credential) {
                authTypes(credential);
                credential.choice().forEach(way -> credentials.add(List.of(way.record())));
            }
        }
        SettingsCheck settings =
                new SettingsCheck(credentials.isEmpty() ? Map.of() : Map.of(AUTH_TYPE, "the choice of credential"));
        if (credentials.isEmpty()) {
            settings.together(configuration).forEach(this::add);
        }
        for (List<RecordModel> credential : credentials) {
            List<RecordModel> together = new ArrayList<>(configuration);
            together.addAll(credential);
            settings.together(together).forEach(this::add);
        }
    }

    private boolean visible(ParameterModel parameter) {
        boolean named =
                !(parameter.content() instanceof ParameterModel.Credential credential) || credential.isVisible();
        if (!named) {
            add(Problem.HIDDEN_RECORD.at(parameter.place(), parameter.typeText(), parameter.name()));
            return false;
        }
        for (RecordModel record : parameter.records()) {
            if (!record.isVisible()) {
                add(Problem.HIDDEN_RECORD.at(parameter.place(), record.type(), parameter.name()));
                return false;
            }
        }
        return true;
    }

    private void authTypes(ParameterModel.Credential credential) {
        Set<String> seen = new HashSet<>();
        for (CredentialModel way : credential.choice()) {
            String name = way.authType().value();
            if (!KebabCase.matches(name) || !seen.add(name)) {
                add(Problem.BAD_AUTH_TYPE.at(
                        way.authType().place(), name, way.record().type(), suggestion(name)));
            }
        }
    }

    private void add(Finding finding) {
        findings.add(finding);
    }

    /** Ends a message with a name that would be allowed, if the given one leads to any. */
    static String suggestion(String name) {
        String better = KebabCase.of(name);
        return better.equals(name) || !KebabCase.matches(better) ? "" : " Did you mean \"" + better + "\"?";
    }
}
