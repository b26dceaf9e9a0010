# Turns Maven's output into one progress line (plain lines when this is no terminal) and its errors.
/^\[INFO\] Building KafkaFlink/ {
    step = $NF
    sub(/^\[INFO\] Building /, "")
    sub(/ [0-9][0-9.]*(-SNAPSHOT)? .*/, "")
    if (terminal) printf "\r\033[KBuilding %s %s", step, $0
    else if (step ~ /^\[1\//) printf "Building %s modules\n", substr(step, 4, length(step) - 4)
    fflush()
}
/^\[ERROR\]/ {
    if (terminal && !failed) printf "\r\033[K"
    failed = 1
    print
}
END { if (terminal && !failed) printf "\r\033[K" }
