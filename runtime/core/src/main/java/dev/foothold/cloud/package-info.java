/**
 * The guarded way to an author's environ: every call passes through interceptors, and every answer is checked.
 *
 * <p>Entry points: {@link dev.foothold.cloud.Cloud}, {@link dev.foothold.cloud.Interceptor},
 * {@link dev.foothold.cloud.CredentialErrors}, {@link dev.foothold.cloud.Throttling}.
 */
@NullMarked
package dev.foothold.cloud;

import org.jspecify.annotations.NullMarked;
