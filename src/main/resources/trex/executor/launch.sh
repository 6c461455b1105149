# Runs the worker's command ("$@") in the attempt's folder and writes how it ended, whatever
# happens to the worker. It adds its own process id to the command: the worker notes who will
# speak of its end. SIGTERM is passed on; a terminal's signals are not for us.
trap '' HUP INT QUIT
worker=
trap '[ -n "$worker" ] && kill -TERM "$worker" 2>/dev/null' TERM
(
    # When memory runs out, the system should end this worker and not the workbench.
    { echo 500 >/proc/self/oom_score_adj; } 2>/dev/null
    exec "$@" $$
) &
worker=$!
code=0
wait "$worker" || code=$?
# A signal ends "wait" too, with the worker still there.
while kill -0 "$worker" 2>/dev/null; do
    wait "$worker" && code=0 || code=$?
done
rm -f reserve
printf '{"code":%d}\n' "$code" >exit.json.tmp && mv exit.json.tmp exit.json
