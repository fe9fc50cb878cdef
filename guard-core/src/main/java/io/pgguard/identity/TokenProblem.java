package io.pgguard.identity;

/** Why a token proves nothing. For logs and metrics; a client is told none of it. */
public enum TokenProblem {
  /** Longer than any token is. */
  TOO_LONG,
  /** Not three parts. */
  FORM,
  /** Encrypted, not signed. */
  ENCRYPTED,
  /** A part that is not base64url in its one form. */
  NOT_BASE64,
  /** A part that is no JSON object. */
  NOT_JSON,
  /** A key that comes twice, so that two readers may read two things. */
  DUPLICATE,
  /** JSON that nests too deep. */
  TOO_DEEP,
  /** An algorithm that is not taken: none, a symmetric one, or not of this issuer. */
  ALGORITHM,
  /** Another type of token. */
  TYPE,
  /** Extensions that have to be known. */
  CRITICAL,
  /** A token within a token. */
  NESTED,
  /** It names no key. */
  NO_KEY_ID,
  /** Its issuer has no such key. */
  UNKNOWN_KEY,
  /** The key is not one for the algorithm. */
  KEY_MISFIT,
  /** The key has not signed it. */
  SIGNATURE,
  /** Of an issuer that is not known. */
  ISSUER,
  /** For somebody else. */
  AUDIENCE,
  /** It does not say until when it holds. */
  NO_EXPIRY,
  /** Over. */
  EXPIRED,
  /** It does not hold yet. */
  NOT_YET,
  /** It names nobody, or in a form that is none. */
  SUBJECT,
  /** The person behind it is in a form that is none. */
  PERSON,
  /** The client that it was made for is in a form that is none. */
  CLIENT,
  /** Who acts for the subject is in a form that is none. */
  ACTOR,
  /** The model is in a form that is none. */
  MODEL,
  /** Its own id is in a form that is none. */
  TOKEN_ID,
  /** The groups are in a form that is none. */
  GROUPS,
  /** The groups did not fit into it. */
  GROUPS_ELSEWHERE,
  /** It tells who logged in somewhere, and gives no access. */
  ID_TOKEN,
  /** It counts only together with a key that its client has to show. */
  BOUND,
  /** It, or its subject, is on the deny-list. */
  REVOKED,
  /** It is not of the one whose session it is shown in. */
  ANOTHER,
  /** It does not belong to the login that a browser has begun. */
  LOGIN,
  /** Tokens are not taken at all. */
  NOT_TAKEN,
  /** Nobody can say: the issuer's keys cannot be had. */
  KEYS_UNAVAILABLE
}
