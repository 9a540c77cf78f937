# Runs a command with the folder $1 as its root: enter-room.sh <folder> <npm cache> <command> [word ...]
# Runs in a mount and process namespace of its own, so that nothing it mounts or starts is left when it ends.
set -eu
room=$1
npm_cache=$2
shift 2

mount --make-rprivate /
mount --bind "$room" "$room"
mount -t proc proc "$room/proc"
mount --rbind /dev "$room/dev"
mount -t tmpfs -o mode=1777 shm "$room/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$room/dev/pts"
# With its control groups, which bound what a sandbox may take.
mount --rbind /sys "$room/sys"
mkdir -p "$room/var/cache/npm"
mount --bind "$npm_cache" "$room/var/cache/npm"

cd "$room"
# A root of its own, as a machine has: in a mere chroot the kernel refuses user namespaces. Both ways end at "chroot".
if pivot_root . . 2>/dev/null; then
  umount -l .
  exec chroot . "$@"
fi
echo "   pivot_root does not work here: a plain chroot instead, in which bubblewrap gets no user namespaces" >&2
exec chroot "$room" "$@"
