# The first process of a machine: pid 1 of its own pid namespace.
#
# It makes the machine's root file system, a copy-on-write view of the host's whose upper layer is memory only, says
# "ready PID" (PID as the host sees it) and then obeys its standard input: "reboot", until the pipe closes. When it
# ends, the kernel ends every process of the machine and drops every mount, whoever closed the pipe and however.
#
# A machine is to start in a few milliseconds, so one mount(8) mounts all it can.
set -e
# What follows may kill "every process": that must never be said outside of a pid namespace.
[[ $$ == 1 ]] || { echo "not the first process of a pid namespace"; exit 1; }
hostname=$1
read -r pid _ </proc/self/stat

# Every boot has an id of its own.
new_boot_id() {
    read -r boot_id </proc/sys/kernel/random/uuid
    echo "$boot_id" >"$1"
}

# What is empty after every boot.
volatile="tmpfs ROOT/dev/shm tmpfs mode=1777,X-mount.mkdir
tmpfs ROOT/run tmpfs mode=0755
tmpfs ROOT/run/lock tmpfs mode=1777,X-mount.mkdir
tmpfs ROOT/tmp tmpfs mode=1777"

# /tmp exists everywhere; nobody else sees what is mounted on it here.
mount -t tmpfs -o mode=0755 tmpfs /tmp
mkdir /tmp/upper /tmp/work /tmp/root
new_boot_id /tmp/boot_id
mount -t overlay -o lowerdir=/,upperdir=/tmp/upper,workdir=/tmp/work overlay /tmp/root
cd /tmp/root
# A resolver configuration below /run would vanish with it.
if [[ -L etc/resolv.conf && -r /etc/resolv.conf ]]; then
    cp --remove-destination /etc/resolv.conf etc/resolv.conf
fi
echo "$hostname" >/proc/sys/kernel/hostname
# The kernel is the host's: its settings are not the machine's to change.
echo "tmpfs /tmp/root/dev tmpfs mode=0755
devpts /tmp/root/dev/pts devpts newinstance,ptmxmode=0666,mode=0620,X-mount.mkdir
proc /tmp/root/proc proc defaults
/tmp/root/proc/sys /tmp/root/proc/sys none bind,ro
/tmp/boot_id /tmp/root/proc/sys/kernel/random/boot_id none bind
sysfs /tmp/root/sys sysfs ro
${volatile//ROOT//tmp/root}" >/tmp/fstab
mount -a -T /tmp/fstab
cp -a /dev/{null,zero,full,random,urandom,tty,ptmx,fd,stdin,stdout,stderr} dev/
pivot_root . tmp
# Everything of the host's that is not part of the view goes, and what was mounted on the machine's /tmp shows.
umount -l /tmp
cd /
echo "ready $pid"
while read -r order; do
    if [[ $order == reboot ]]; then
        kill -KILL -1 2>/dev/null || true
        umount -l /dev/shm /run/lock /run /tmp
        echo "${volatile//ROOT/}" >/dev/fstab
        mount -a -T /dev/fstab
        rm /dev/fstab
        new_boot_id /proc/sys/kernel/random/boot_id
        echo rebooted
    fi
done
