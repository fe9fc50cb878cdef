package io.pgguard.corpus;

import java.sql.SQLException;

/** Runs one line and says whether its bar holds. */
interface Judge {
  /**
   * @throws SQLException when the server or the database cannot be made ready; what the line itself
   *     does is a verdict
   */
  Verdict judge(CorpusLine line) throws SQLException;
}
