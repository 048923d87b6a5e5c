# Run by `unshare` as the first process of new namespaces. Builds a root folder out of what the arguments name, leaves
# everything else behind, and runs the command in it. Ends with 125 when anything of this fails.
#
# sh namespaces.sh ANY-FOLDER KIND=PATH ... -- COMMAND ...
#   ANY-FOLDER   is mounted over, for these namespaces alone
#   folder, file visible, not writable
#   device       as it is
#   link         a symbolic link; its target is the next argument
#   tool         what this script itself needs at its end: umount, chroot
#   workspace         the one folder that is writable

set -eu
trap 'exit 125' EXIT
umask 022
PATH=$PATH:/usr/sbin:/sbin
at=$1
jail=$at/jail
shift

mount -t tmpfs -o mode=755,size=1m,nosuid,nodev,noexec jail "$at"
mkdir "$jail" "$at/old" "$at/tools"

place() { # a file to mount another one on
  [ -d "${1%/*}" ] || mkdir -p "${1%/*}"
  : >"$1"
}

while [ "$1" != -- ]; do
  kind=${1%%=*} path=${1#*=}
  shift
  case $kind in
    folder)
      mkdir -p "$jail$path"
      mount -o rbind,ro,nosuid,nodev "$path" "$jail$path"
      ;;
    file)
      place "$jail$path"
      mount -o bind,ro,nosuid,nodev "$path" "$jail$path"
      ;;
    device)
      place "$jail$path"
      mount -o bind,ro,nosuid,noexec "$path" "$jail$path"
      ;;
    link)
      [ -d "$jail${path%/*}" ] || mkdir -p "$jail${path%/*}"
      ln -s "$1" "$jail$path"
      shift
      ;;
    tool)
      place "$at/tools/${path##*/}"
      mount --bind "$path" "$at/tools/${path##*/}"
      ;;
    workspace) workspace=$path ;;
  esac
done
shift

# What a folder brought along, being mounted in it, was not reached by the options above.
mounts=$(cat /proc/self/mountinfo)
printf '%s\n' "$mounts" | while read -r _ _ _ _ point options _; do
  case $point,$options in
    *,ro | *,ro,*) ;;
    "$jail"/*) mount -o remount,bind,ro,nosuid "$point" ;;
  esac
done

mkdir -p "$jail$workspace"
mount --bind "$workspace" "$jail$workspace"
mount -o remount,bind,nosuid,nodev,noexec "$jail$workspace"

# The tools look for their libraries, and umount for the mounts, from the new root.
for name in "$jail"/*; do
  ln -s "jail/${name##*/}" "$at/${name##*/}"
done
ln -s old/proc "$at/proc"
mount -o remount,bind,ro,nosuid,nodev,noexec "$at"

# Two locks: the old root is gone from these namespaces, and who lives in a chroot can't make namespaces of his own.
cd "$at"
pivot_root . old
/tools/umount -l /old
trap - EXIT
exec /tools/chroot /jail "$@"
