package io.pgguard.console.page;

import io.pgguard.Guard;
import io.pgguard.console.read.Sight;
import io.pgguard.console.web.Gate;
import io.pgguard.console.web.Rendering;
import java.time.InstantSource;

/** What the code of pages works with. Thread-safe as its parts are. */
public record Desk(Guard guard, Sight sight, Rendering rendering, Gate gate, InstantSource clock) {}
