package dev.foothold.cloudinit;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Checks what a machine shall trust. */
final class Certificates {

    private Certificates() {}

    /** Gives the certificate without blanks around it. */
    static String checked(String pem) {
        String text = pem.strip();
        try {
            int count = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .size();
            if (count == 1 && text.startsWith("-----BEGIN CERTIFICATE-----")) {
                return text + "\n";
            }
            throw new IllegalArgumentException("one certificate in PEM is needed, but there are " + count
                    + "; give each of them alone, beginning with \"-----BEGIN CERTIFICATE-----\"");
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "the certificate to trust cannot be read: " + e.getMessage()
                            + "; give it in PEM, beginning with \"-----BEGIN CERTIFICATE-----\"",
                    e);
        }
    }
}
