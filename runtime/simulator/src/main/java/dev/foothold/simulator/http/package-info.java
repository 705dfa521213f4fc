/**
 * The cloud as a process of its own: JSON over HTTP on the loopback interface. {@link
 * dev.foothold.simulator.http.CloudProcess} starts one, {@link dev.foothold.simulator.http.CloudServer} is it.
 *
 * <p>{@code cloud.json} holds {@code url}, {@code token}, {@code pid} and {@code isolation}. Every request carries {@code Authorization: Bearer} and the token of {@code cloud.json}.
 *
 * <table>
 * <caption>Requests</caption>
 * <tr><th>Request</th><th>Body or query</th><th>Answer</th></tr>
 * <tr><td>{@code POST /v1/instances}</td><td>{@code type}, {@code image}; optional {@code zone}, {@code userData} in
 * Base64, {@code tags}, {@code token}</td><td>202 and the instance</td></tr>
 * <tr><td>{@code GET /v1/instances}</td><td>{@code ?tag=key%3Dvalue}, any number of them, all of which must be
 * there</td><td>{@code instances}, a list</td></tr>
 * <tr><td>{@code GET /v1/instances/ID}</td><td></td><td>the instance</td></tr>
 * <tr><td>{@code DELETE /v1/instances/ID}</td><td></td><td>204 when it is gone</td></tr>
 * <tr><td>{@code POST /v1/instances/ID/reboot}</td><td></td><td>202</td></tr>
 * <tr><td>{@code GET /v1/zones}, {@code /v1/offerings}, {@code /v1/images}</td><td></td><td>{@code zones},
 * {@code offerings}, {@code images}: lists</td></tr>
 * <tr><td>{@code GET /v1/faults}</td><td></td><td>{@code faults}, a list of names</td></tr>
 * <tr><td>{@code PUT /v1/faults/NAME}</td><td>for {@code slow-boot}: {@code extra}, an ISO 8601 duration; for
 * {@code call-fails/OPERATION}: {@code code}, optional {@code times} and {@code retryAfterSeconds}; for
 * {@code black-hole}, {@code silent}, {@code drops-connections} and {@code dies-in-handshake}: optional
 * {@code lasting}, a duration; for {@code wrong-nonce}: {@code file}; for {@code late-nonce}: {@code file} and
 * {@code by}, a duration; for {@code late-login}: {@code by}; nothing for {@code no-capacity/ZONE},
 * {@code never-boots}, {@code refuses}, {@code wrong-host-key} and {@code penalties}</td><td>204</td></tr>
 * <tr><td>{@code DELETE /v1/faults/NAME}, {@code DELETE /v1/faults}</td><td></td><td>204; one or all are off</td></tr>
 * <tr><td>{@code POST /v1/shutdown}</td><td></td><td>202; the process ends</td></tr>
 * </table>
 *
 * <p>An instance is an object with {@code id}, {@code status} (as {@link dev.foothold.simulator.MachineStatus}),
 * {@code message}, {@code zone}, {@code type}, {@code image}, {@code arch}, {@code cores}, {@code memMiB},
 * {@code rootDiskGiB}, {@code addresses} (each with {@code value}, {@code scope}, {@code port}), {@code tags},
 * {@code launchTime} (ISO 8601) and {@code token}.
 *
 * <p>An error is an object with {@code code}, {@code message}, {@code requestId} and, where the cloud knows,
 * {@code retryAfterSeconds}, which is the header {@code Retry-After} too. InvalidParameter comes with status 400,
 * Unauthorized 401, QuotaExceeded 403, NotFound 404, IdempotentParameterMismatch and IncorrectInstanceState 409,
 * Throttled 429, InsufficientCapacity and Unavailable 503, and whatever a fault makes up 500.
 */
@NullMarked
package dev.foothold.simulator.http;

import org.jspecify.annotations.NullMarked;
