# The first process of a machine: pid 1 of its own pid namespace.
#
# It makes the machine's root file system, a copy-on-write view of the host's whose upper layer is memory only, says
# "ready PID" (PID as the host sees it) and then obeys its standard input: "reboot", until the pipe closes. When it
# ends, the kernel ends every process of the machine and drops every mount, whoever closed the pipe and however.
set -e
# What follows may kill "every process": that must never be said outside of a pid namespace.
[[ $$ == 1 ]] || { echo "not the first process of a pid namespace"; exit 1; }
hostname=$1
read -r pid _ </proc/self/stat

# What is new at every boot.
fresh() {
    mount -t tmpfs -o mode=0755 tmpfs /run
    mount -t tmpfs -o mode=1777 tmpfs /tmp
    mkdir -m 1777 /run/lock
    read -r boot_id </proc/sys/kernel/random/uuid
    echo "$boot_id" >/run/boot_id
    mount --bind /run/boot_id /proc/sys/kernel/random/boot_id
}

# /tmp exists everywhere; nobody else sees what is mounted on it here.
mount -t tmpfs -o mode=0755 tmpfs /tmp
mkdir /tmp/upper /tmp/work /tmp/root
mount -t overlay -o lowerdir=/,upperdir=/tmp/upper,workdir=/tmp/work overlay /tmp/root
cd /tmp/root
mount -t tmpfs -o mode=0755 tmpfs dev
mkdir dev/pts dev/shm
cp -a /dev/{null,zero,full,random,urandom,tty} dev/
ln -s pts/ptmx /proc/self/fd dev/
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts dev/pts
mount -t tmpfs -o mode=1777 tmpfs dev/shm
# A resolver configuration below /run would vanish with it.
if [[ -L etc/resolv.conf && -r /etc/resolv.conf ]]; then
    cp --remove-destination /etc/resolv.conf etc/resolv.conf
fi
mount -t proc proc proc
# The network namespace is the host's, and so is the kernel: its settings are not the machine's to change.
mount -o bind,ro proc/sys proc/sys
mount -t sysfs -o ro sysfs sys
hostname "$hostname"
pivot_root . tmp
# Everything of the host's that is not part of the view goes.
umount -l /tmp
cd /
fresh
echo "ready $pid"
while read -r order; do
    if [[ $order == reboot ]]; then
        kill -KILL -1 2>/dev/null || true
        umount -l /proc/sys/kernel/random/boot_id /run /tmp
        fresh
        echo rebooted
    fi
done
