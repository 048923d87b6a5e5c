# Takes away from itself, for ever: all capabilities, all files but those that the arguments name (Landlock), and the
# system calls by which a program opens sockets, signals, traces, leaves its group or makes namespaces (seccomp). Then
# becomes the command. Ends with 125 when anything of this fails.
#
# perl -e landlock.pl START-FOLDER KIND=PATH ... -- COMMAND ...
#   folder, file readable and executable
#   device       readable and writable
#   workspace         the folder that is writable

use strict;
use warnings;

# Numbers of system calls, and the architecture's number in <linux/audit.h>.
my %machines = (
    x86_64 => {
        audit => 0xC000003E, prctl => 157, capset => 126, clone => 56,
        # socket socketpair kill ptrace setpgid setsid rt_sigqueueinfo mount tkill add_key request_key keyctl unshare
        # rt_tgsigqueueinfo perf_event_open setns process_vm_readv process_vm_writev bpf userfaultfd
        refused => [41, 53, 62, 101, 109, 112, 129, 165, 200, 248, 249, 250, 272, 297, 298, 308, 310, 311, 321, 323],
    },
    aarch64 => {
        audit => 0xC00000B7, prctl => 167, capset => 91, clone => 220,
        refused => [198, 199, 129, 117, 154, 157, 138, 40, 130, 217, 218, 219, 97, 240, 241, 268, 270, 271, 280, 282],
    },
);
# pidfd_send_signal io_uring_setup pidfd_open
my @refused_everywhere = (424, 425, 434);
my ($landlock_create_ruleset, $landlock_add_rule, $landlock_restrict_self, $clone3) = (444, 445, 446, 435);
my ($PR_SET_NO_NEW_PRIVS, $PR_SET_SECCOMP, $SECCOMP_MODE_FILTER) = (38, 22, 2);
my ($PR_CAPBSET_DROP, $PR_CAP_AMBIENT, $PR_CAP_AMBIENT_CLEAR_ALL, $CAPABILITIES_3) = (24, 47, 4, 0x20080522);
my ($EPERM, $ENOSYS, $CLONE_NEWUSER, $O_PATH) = (1, 38, 0x10000000, 010000000);

sub fail {
    print STDERR "jail: @_\n";
    exit 125;
}

sub must {
    my ($what, $result) = @_;
    fail("$what: $!") if $result == -1;
    return $result;
}

chomp(my $name = `uname -m`);
my $machine = $machines{$name} or fail("system calls of $name are not known");

must('no_new_privs', syscall($machine->{prctl}, $PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));

# Capabilities. Only who has one to lose has the right to shorten the list of those that root gets back; numbers above
# the last one fail.
syscall($machine->{prctl}, $PR_CAPBSET_DROP, $_, 0, 0, 0) for 0 .. 63;
syscall($machine->{prctl}, $PR_CAP_AMBIENT, $PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
my ($process, $nothing) = (pack('Ll', $CAPABILITIES_3, 0), pack('L6', (0) x 6));
must('capabilities', syscall($machine->{capset}, $process, $nothing));

# Files. What a version of Landlock does not know it can't forbid, nor be asked to.
my $version = must('landlock', syscall($landlock_create_ruleset, 0, 0, 1));
my $files = (1 << ($version >= 5 ? 16 : $version >= 3 ? 15 : $version >= 2 ? 14 : 13)) - 1;
my $tcp = $version >= 4 ? 3 : 0;
my $scopes = $version >= 6 ? 3 : 0;
my $attributes = pack('QQQ', $files, $tcp, $scopes);
my $size = $version >= 6 ? 24 : $version >= 4 ? 16 : 8;
my $ruleset = must('landlock', syscall($landlock_create_ruleset, $attributes, $size, 0));
my %access = (
    folder => 0x000d,    # execute, read files, read folders
    file   => 0x0005,    # execute, read
    device => 0x0006,    # write, read
    workspace   => 0x61be,    # read, write, make, remove, rename and truncate files and folders; no links, no devices
);
my $start = shift;
while ((my $argument = shift) ne '--') {
    my ($kind, $path) = split /=/, $argument, 2;
    sysopen(my $beneath, $path, $O_PATH) or fail("$path: $!");
    my $rule = pack('Ql', $access{$kind} & $files, fileno $beneath);
    must($path, syscall($landlock_add_rule, $ruleset, 1, $rule, 0));
}
chdir $start or fail("$start: $!");
must('landlock', syscall($landlock_restrict_self, $ruleset, 0));

# System calls.
my @filter;
sub op { push @filter, pack('SCCL', @_) }
my ($load, $equal, $at_least, $has_bits, $return) = (0x20, 0x15, 0x35, 0x45, 0x06);
my ($kill, $refuse, $allow) = (0x80000000, 0x00050000, 0x7fff0000);
op($load, 0, 0, 4);
op($equal, 1, 0, $machine->{audit});
op($return, 0, 0, $kill);
op($load, 0, 0, 0);
op($at_least, 0, 1, 0x40000000);
op($return, 0, 0, $kill);
for my $call (@{ $machine->{refused} }, @refused_everywhere) {
    op($equal, 0, 1, $call);
    op($return, 0, 0, $refuse | $EPERM);
}
# Its flags are in memory, where a filter can't look; libraries then fall back to clone.
op($equal, 0, 1, $clone3);
op($return, 0, 0, $refuse | $ENOSYS);
op($equal, 0, 3, $machine->{clone});
op($load, 0, 0, 16);
op($has_bits, 0, 1, $CLONE_NEWUSER);
op($return, 0, 0, $refuse | $EPERM);
op($return, 0, 0, $allow);
my $code = join '', @filter;
my $program = pack('Sx![P]P', scalar @filter, $code);
must('seccomp', syscall($machine->{prctl}, $PR_SET_SECCOMP, $SECCOMP_MODE_FILTER, $program, 0, 0));

no warnings 'exec';
exec { $ARGV[0] } @ARGV;
print STDERR "$ARGV[0]: $!\n";
exit($!{ENOENT} ? 127 : 126);
