package dev.foothold.internal.key;

import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;

/** The curves that ECDSA keys of SSH are on (RFC 5656). */
enum KeyCurve {
    NISTP256(SECObjectIdentifiers.secp256r1),
    NISTP384(SECObjectIdentifiers.secp384r1),
    NISTP521(SECObjectIdentifiers.secp521r1);

    private static final String PREFIX = "ecdsa-sha2-";

    private final ECDomainParameters domain;

    KeyCurve(ASN1ObjectIdentifier id) {
        this.domain = new ECNamedDomainParameters(id, CustomNamedCurves.getByOID(id));
    }

    /** Finds the curve that the name of an algorithm ends with. */
    static Optional<KeyCurve> of(String algorithm) {
        return Stream.of(values())
                .filter(curve -> curve.algorithm().equals(algorithm))
                .findFirst();
    }

    static Optional<KeyCurve> of(ECDomainParameters domain) {
        return Stream.of(values()).filter(curve -> curve.domain.equals(domain)).findFirst();
    }

    String curveName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    String algorithm() {
        return PREFIX + curveName();
    }

    ECDomainParameters domain() {
        return domain;
    }

    Digest digest() {
        return switch (this) {
            case NISTP256 -> new SHA256Digest();
            case NISTP384 -> new SHA384Digest();
            case NISTP521 -> new SHA512Digest();
        };
    }
}
