-- @{type:n} is the n-th value of that type in the world at hand, as a literal.
INSERT INTO plain SELECT i, chr(96 + i), i * 10, i / 4.0, date '2020-01-01' + i, jsonb_build_object('a', i, 'b', chr(96 + i)), i % 2 = 0,
  timestamptz '2020-01-01 00:00Z' + i * interval '1 day', ARRAY[chr(96 + i), 'x'] FROM generate_series(1, 6) i;
INSERT INTO person VALUES
  (1, 'ann', 1, 'a@{mail:0}', '@{phone:0}4401', @{text:0}, @{text:0}, @{decimal:0}, @{int:0}, @{born:0}, 'likes (', NULL),
  (2, 'bob', 1, 'b@{mail:1}', '@{phone:1}4402', @{text:1}, @{text:1}, @{decimal:1}, @{int:1}, @{born:1}, 'x', 1),
  (3, 'cyd', 2, 'c@{mail:2}', '@{phone:2}4403', @{text:2}, @{text:2}, @{decimal:2}, @{int:2}, @{born:2}, '90\', 1),
  (4, 'dan', 2, 'd@{mail:3}', '@{phone:3}4404', @{text:3}, @{text:3}, @{decimal:3}, @{int:3}, @{born:3}, '', 2),
  (5, 'eve', 3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2),
  (6, '[x', 3, 'f@{mail:0}', '@{phone:1}4406', @{text:3}, @{text:3}, @{decimal:0}, @{int:3}, @{born:0}, '0', 5);
INSERT INTO pay VALUES
  (1, 1, @{numeric:0}, 10, 2, '2020-01-05', 'rent', @{text:0}), (2, 1, @{numeric:1}, 7.5, 3, '2020-02-05', 'food', @{text:1}),
  (3, 2, @{numeric:2}, 100, 1, '2020-03-05', 'rent', @{text:2}), (4, 3, @{numeric:3}, 0, 0, '2020-01-05', 'car', @{text:0}),
  (5, 4, NULL, NULL, NULL, NULL, NULL, NULL), (6, 6, @{numeric:1}, -4, 5, '2020-05-05', 'food', @{text:3});
INSERT INTO uniq VALUES (1, @{distinct:0}, 'one'), (2, @{distinct:1}, 'two'), (3, @{distinct:2}, 'three');
INSERT INTO parent VALUES (@{distinct:0}, 'p1'), (@{distinct:1}, 'p2'), (@{distinct:2}, 'p3');
INSERT INTO child VALUES (1, @{distinct:0}, 1), (2, @{distinct:0}, 2), (3, @{distinct:1}, 3);
INSERT INTO checked VALUES (1, @{int:0}, NULL), (2, @{int:1}, NULL), (3, @{int:2}, NULL);
INSERT INTO generated (id, secret, label) VALUES (1, 'a' || @{text:0}, 'x'), (2, 'b' || @{text:1}, 'y'), (3, 'c' || @{text:2}, 'z');
INSERT INTO indexed VALUES (1, @{smallint:0}, 1, 'x'), (2, @{smallint:1}, 2, 'y'), (3, @{smallint:2}, 3, 'z');
INSERT INTO part VALUES (1, @{varchar:0}, 1), (2, @{varchar:1}, 2), (3, @{varchar:2}, 3), (4, @{varchar:3}, 4);
INSERT INTO listed VALUES (1, @{bit3:0}, 'a'), (2, @{bit3:1}, 'b'), (3, @{bit3:2}, 'c');
INSERT INTO base VALUES (1, @{text:0}, 10), (2, @{text:1}, 20);
INSERT INTO derived VALUES (3, @{text:2}, 30, 'e'), (4, @{text:3}, 40, 'f');
INSERT INTO ruled VALUES (1, 'x', @{text:0}), (2, 'y', @{text:1});
INSERT INTO rowed VALUES (1, 'x', @{int:0}, 'me'), (2, 'y', @{int:1}, 'me'), (3, 'z', @{int:2}, 'you');
INSERT INTO triggered VALUES (1, 'x', @{text:0}), (2, 'y', @{text:1});
INSERT INTO holder SELECT id, p, ARRAY[p] FROM person p WHERE id < 4;
INSERT INTO measured VALUES (1, @{reading:0}, @{level:0}, @{moment:0}, 'x'), (2, @{reading:1}, @{level:1}, @{moment:1}, 'y');
INSERT INTO excluded VALUES (1, @{slot:0}), (2, @{slot:1});
INSERT INTO deferred VALUES (1, @{distinct:0}, 1), (2, @{distinct:1}, 2), (3, @{distinct:2}, 3);
INSERT INTO crowd SELECT i, nullif(i / 3, 0), i FROM generate_series(1, 8) i;
INSERT INTO keeper VALUES (1, 'one'), (2, 'two');
INSERT INTO kept VALUES (1, 1), (2, 1), (3, 2);
INSERT INTO cards VALUES (1, 'paid with @{card:0}'), (2, 'and @{card:1} too'), (3, '@{card:2}');
REFRESH MATERIALIZED VIEW m_person;
TRUNCATE sink;
INSERT INTO turned VALUES (1, 'the same'), (2, @{text:0}), (3, @{text:1}), (4, @{text:2});
INSERT INTO stage.asked VALUES (0, 'approved');
INSERT INTO live.asked VALUES (0, 'unapproved ran');
