package io.pgguard.pgwire.session;

import io.pgguard.mask.ResultColumn;
import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.RowDescription.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A portal that the client made by Bind, and the run that was granted for it. */
final class Portal {
  final Prepared prepared;

  /** The result of its run; null when the text is empty. */
  final @Nullable Flow flow;

  /** How often SQL had made names when it was bound. */
  final int creations;

  /** What made it. */
  final Bind bind;

  /** The segment in which a Describe of it is on its way, or -1. */
  int describeSegment = -1;

  /** Whether it was the first that the client bound or ran since its Sync before. */
  boolean alone;

  /** Whether SQL may have put something else under its name. */
  boolean forgotten;

  Portal(Prepared prepared, @Nullable Flow flow, Bind bind, int creations) {
    this.prepared = prepared;
    this.flow = flow;
    this.bind = bind;
    this.creations = creations;
  }

  /** Shapes the rows by what the server said of the statement, in this portal's formats. */
  void shapeFromStatement(List<Field> fields) {
    if (flow != null) {
      flow.shape(prepared.columns(fields, bind.resultFormats()));
    }
  }

  /** Shapes the rows by what the server said of this portal. */
  void shape(List<ResultColumn> columns) {
    if (flow != null) {
      flow.shape(columns);
    }
  }

  /** Whether the layout will be known when its rows come, if nothing more is asked. */
  boolean layoutComes(int segment) {
    return flow == null
        || flow.shaped()
        || prepared.returnsNoRows()
        || describeSegment == segment
        || prepared.traits.plain() && prepared.describeSegment == segment;
  }

  void abandon(String why) {
    if (flow != null) {
      flow.abandon(why);
    }
  }
}
