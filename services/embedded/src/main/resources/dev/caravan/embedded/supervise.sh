# Runs a program that ends when standard input closes: sh -c SCRIPT NAME SIGNAL SECONDS PROGRAM ARGUMENT...
signal=$1
grace=$2
shift 2
exec 3<&0 </dev/null
"$@" 3<&- &
program=$!
(
    read -r _ <&3
    kill -s "$signal" "$program" 2>/dev/null
    tenths=$((grace * 10))
    # Short sleeps, because the last one outlives this watcher when the program ends first.
    while [ "$tenths" -gt 0 ]; do
        sleep 0.1
        tenths=$((tenths - 1))
    done
    kill -s KILL "$program" 2>/dev/null
) &
watcher=$!
exec 3<&-
wait "$program"
code=$?
kill -s KILL "$watcher" 2>/dev/null
exit "$code"
