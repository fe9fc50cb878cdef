# Reads rounds.csv of benchmarks/proxy, prints the tables, and writes the chart.
BEGIN { FS = ","; split("direct relay guard pgbouncer haproxy", order, " ") }

NR > 1 {
  key = $2 " " $3 " " $4
  if (!(key in known)) { known[key] = 1; keys[++count] = key }
  present[$1] = 1
  n = ++size[$1, key]
  speed[$1, key, n] = $6; time[$1, key, n] = $7; late[$1, key, n] = $8
}

function median(what, way, key,   n, i, j, v, hold) {
  n = size[way, key]
  if (!n) return ""
  for (i = 1; i <= n; i++) v[i] = (what == "speed" ? speed[way, key, i] : what == "time" ? time[way, key, i] : late[way, key, i]) + 0
  for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j - 1] > v[j]; j--) { hold = v[j]; v[j] = v[j - 1]; v[j - 1] = hold }
  return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
}

# The median of the ratios of each round's two figures, which were taken one after the other.
function ratio(way, base, key,   n, i, j, v, hold) {
  n = size[way, key] < size[base, key] ? size[way, key] : size[base, key]
  if (!n) return "-"
  for (i = 1; i <= n; i++) v[i] = speed[base, key, i] ? speed[way, key, i] / speed[base, key, i] : 0
  for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j - 1] > v[j]; j--) { hold = v[j]; v[j] = v[j - 1]; v[j - 1] = hold }
  return sprintf("%.2f", n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2)
}

function shown(number, form) { return number == "" ? "-" : sprintf(form, number) }

# Which bar a case has, and against what.
function bar(key,   p) {
  split(key, p, " ")
  if (p[1] == "select") return p[3] >= 64 ? 0.9 : 0.85
  return p[2] == "masked" ? 0.8 : 0.95
}

END {
  printf "Medians of %d rounds of %d s; recording %s; ratios are medians of the rounds' ratios.\n\n", rounds, seconds, recording == "no" ? "off" : "on"
  line = "| case |"; rule = "|---|"
  for (w = 1; w <= 5; w++) if (order[w] in present) { line = line " " order[w] " |"; rule = rule "---|" }
  print line " Guard / direct | Guard / relay | Guard / PgBouncer | bar |"
  print rule "---|---|---|---|"
  for (k = 1; k <= count; k++) {
    key = keys[k]; split(key, p, " ")
    if (p[1] == "added") continue
    name = p[1] == "rows" ? "200,000 rows, " p[2] : "`-S -M " p[2] " -c " p[3] "`"
    line = "| " name " |"
    for (w = 1; w <= 5; w++) if (order[w] in present) line = line " " shown(median("speed", order[w], key), p[1] == "rows" ? "%.1f" : "%.0f") " |"
    bars = p[1] == "rows" ? bar(key) " of direct" : bar(key) " of PgBouncer"
    print line " " ratio("guard", "direct", key) " | " ratio("guard", "relay", key) " | " ratio("guard", "pgbouncer", key) " | " bars " |"
  }
  print "\nProcessor time of the process in the middle, in microseconds a statement:\n"
  line = "| case |"; rule = "|---|"
  for (w = 2; w <= 5; w++) if (order[w] in present) { line = line " " order[w] " |"; rule = rule "---|" }
  print line " Guard above the relay |"
  print rule "---|"
  for (k = 1; k <= count; k++) {
    key = keys[k]; split(key, p, " ")
    if (p[1] != "select") continue
    line = "| `-S -M " p[2] " -c " p[3] "` |"
    for (w = 2; w <= 5; w++) if (order[w] in present) line = line " " shown(median("time", order[w], key), "%.1f") " |"
    above = ("guard" in present) && ("relay" in present) ? sprintf("%.1f", median("time", "guard", key) - median("time", "relay", key)) : "-"
    print line " " above " |"
  }
  for (k = 1; k <= count; k++) {
    key = keys[k]; split(key, p, " ")
    if (p[1] != "added") continue
    line = "\np99 of a point select, 8 clients at half of Guard's load:"
    for (w = 1; w <= 5; w++) if (order[w] in present) line = line " " order[w] " " sprintf("%.0f us", median("late", order[w], key)) ";"
    sub(/;$/, "", line)
    print line
    if (("guard" in present) && ("direct" in present)) printf "Guard adds %.0f us (bar: 150).\n", median("late", "guard", key) - median("late", "direct", key)
  }
  draw()
}

# One group of bars a case, as parts of a direct connection's throughput.
function draw(   groups, k, w, x, y, high, value, width, colour) {
  colour["relay"] = "#9aa5b1"; colour["guard"] = "#1f6feb"; colour["pgbouncer"] = "#d29922"; colour["haproxy"] = "#8e6bbf"
  for (k = 1; k <= count; k++) if (keys[k] !~ /^added/) groups++
  width = 90 + groups * 110
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"300\" font-family=\"sans-serif\" font-size=\"12\">\n", width > chart
  printf "<rect width=\"%d\" height=\"300\" fill=\"white\"/>\n<text x=\"50\" y=\"20\">Throughput as a part of a direct connection's</text>\n", width > chart
  for (y = 0; y <= 1.25; y += 0.25) {
    high = 250 - y * 160
    printf "<line x1=\"50\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"%s\"/><text x=\"45\" y=\"%d\" text-anchor=\"end\">%.2f</text>\n", width - 10, high, high, y == 1 ? "#555" : "#ddd", high + 4, y > chart
  }
  x = 60
  for (k = 1; k <= count; k++) {
    key = keys[k]; split(key, p, " ")
    if (p[1] == "added") continue
    at = x
    for (w = 2; w <= 5; w++) {
      value = ratio(order[w], "direct", key)
      if (value == "-") continue
      high = (value > 1.3 ? 1.3 : value) * 160
      printf "<rect x=\"%d\" y=\"%.1f\" width=\"20\" height=\"%.1f\" fill=\"%s\"><title>%s %s</title></rect>\n", at, 250 - high, high, colour[order[w]], order[w], value > chart
      at += 22
    }
    printf "<text x=\"%d\" y=\"266\">%s</text><text x=\"%d\" y=\"281\">%s</text>\n", x, p[1] == "rows" ? "200,000 rows" : p[2], x, p[1] == "rows" ? p[2] : p[3] " clients" > chart
    x += 110
  }
  x = 330
  for (w = 2; w <= 5; w++) if (order[w] in present) {
    printf "<rect x=\"%d\" y=\"10\" width=\"12\" height=\"12\" fill=\"%s\"/><text x=\"%d\" y=\"20\">%s</text>\n", x, colour[order[w]], x + 16, order[w] > chart
    x += 90
  }
  print "</svg>" > chart
}
