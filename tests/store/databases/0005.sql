-- A database of revision 0004 as the program wrote it: two loads, the second with an erasure. Never changed.
PRAGMA application_id = 1416187237;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE body (
	position INTEGER NOT NULL, 
	salt BLOB NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (position), 
	FOREIGN KEY(position) REFERENCES event (position)
);
INSERT INTO "body" VALUES(1,X'0101010101010101010101010101010101010101010101010101010101010101','{"payload":{"kind":"news","title":"小米"},"v":1}');
INSERT INTO "body" VALUES(2,X'0202020202020202020202020202020202020202020202020202020202020202','{"payload":{"shares":"5 million"},"v":1}');
INSERT INTO "body" VALUES(4,X'0404040404040404040404040404040404040404040404040404040404040404','{"payload":{"reason":"legal"},"v":1}');
CREATE TABLE checkpoint (
	size INTEGER NOT NULL, 
	root TEXT NOT NULL, 
	frontier BLOB NOT NULL, 
	text TEXT NOT NULL, 
	recorded TEXT NOT NULL, 
	PRIMARY KEY (size)
);
INSERT INTO "checkpoint" VALUES(3,'b32e96bbc0582ae46f07cfe3aea45c7cbc3088f961492d275c4ac2f126311232',X'0000000000000003ECF2418F2033489BEB94CB530A82E613D11ABBDBBC3FEE25F1EB53C88AF39B3DEFC7E129C72646A780220F973BAF835C082D0DC6DD546CE316AADB85A5B4DFCF','corporate-timeline/log
3
sy6Wu8BYKuRvB8/jrqRcfLwwiPlhSS0nXErC8SYxEjI=
','2026-01-09T10:00:00.000000Z');
INSERT INTO "checkpoint" VALUES(4,'422674c344866d849074b8adab82e9ac473fd4c4cc5d9d508435173d1cac9447',X'0000000000000004422674C344866D849074B8ADAB82E9AC473FD4C4CC5D9D508435173D1CAC9447','corporate-timeline/log
4
QiZ0w0SGbYSQdLitq4LprEc/1MTMXZ1QhDUXPRyslEc=
','2026-01-10T10:00:00.000000Z');
CREATE TABLE company_name (
	company TEXT NOT NULL, 
	scheme TEXT NOT NULL, 
	value TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	first TEXT NOT NULL, 
	last TEXT NOT NULL, 
	PRIMARY KEY (company, scheme, value, folded, first)
);
INSERT INTO "company_name" VALUES('acme','name','Acme Corporation','acme corporation','','');
CREATE TABLE event (
	position INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	company TEXT, 
	kind TEXT NOT NULL, 
	source TEXT, 
	"key" TEXT NOT NULL, 
	target TEXT, 
	published TEXT, 
	recorded TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	commitment TEXT NOT NULL, 
	PRIMARY KEY (position), 
	CONSTRAINT event_id UNIQUE (id)
);
INSERT INTO "event" VALUES(1,'26a8e80845012997a6098de7a4df3242',NULL,'source.recorded','wire','@source',NULL,'2026-01-09T09:46:04+01:00','2026-01-09T10:00:00.000000Z','tester','0403243cf7c1942d741c90b3e84404a27ae901478e27093b0d5e647be023f7cc');
INSERT INTO "event" VALUES(2,'3b8619875a0e02fb5c711ebfc393614d','acme','buyback.executed','wire','one',NULL,'2026-01-09T09:46:04+01:00','2026-01-09T10:00:00.000000Z','tester','2214bce97a963e106beac3357cca7f51c0d73befd1113d6576cc270e62776849');
INSERT INTO "event" VALUES(3,'8ebf6c9538eca6434fa67fd8fb2b51ff','acme','buyback.executed','wire','two',NULL,'2026-01-09T09:46:04+01:00','2026-01-09T10:00:00.000000Z','tester','0ddeca33ff9a3e95745ade50cfce508db960e823ba5bbdf5a1a3427cf46f9440');
INSERT INTO "event" VALUES(4,'fcc41f096bebe5efb9288146df8a1535',NULL,'event.erased',NULL,'8ebf6c9538eca6434fa67fd8fb2b51ff','8ebf6c9538eca6434fa67fd8fb2b51ff',NULL,'2026-01-10T10:00:00.000000Z','tester','5dbbb3cfab9208f8457c1ba849da38ee756f68f658eb40c62a0905891569da6f');
CREATE TABLE layout (
	topic TEXT NOT NULL, 
	version TEXT NOT NULL, 
	data TEXT NOT NULL, 
	PRIMARY KEY (topic)
);
INSERT INTO "layout" VALUES('buybacks','1','{"topic":"buybacks","title":"Buybacks","rank":10,"tables":[{"name":"executions","title":"Executions","columns":[{"name":"occurred","kind":"when"},{"name":"shares","kind":"number"}],"view":"buyback_executions"}]}');
CREATE TABLE partition (
	company TEXT NOT NULL, 
	name TEXT NOT NULL, 
	data TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	PRIMARY KEY (company, name)
)
 WITHOUT ROWID

;
INSERT INTO "partition" VALUES('acme','','{"events":[2,3,4]}','3d5e01067eda447ad7de388479651c06a836e47695d9547f3f2b967469838a95');
CREATE TABLE read_item (
	company TEXT NOT NULL, 
	topic TEXT NOT NULL, 
	partition TEXT NOT NULL, 
	part TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	data TEXT NOT NULL, 
	PRIMARY KEY (company, topic, partition, part, seq)
)
 WITHOUT ROWID

;
INSERT INTO "read_item" VALUES('acme','buybacks','','table:executions',0,'{"occurred":"2026-01-08","shares":"5000000"}');
INSERT INTO "read_item" VALUES('acme','buybacks','','tables',0,'["executions"]');
CREATE TABLE read_model (
	company TEXT NOT NULL, 
	topic TEXT NOT NULL, 
	version TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	PRIMARY KEY (company, topic)
);
INSERT INTO "read_model" VALUES('acme','buybacks','1',3,'240855350113d18d0f69613005ee1f3ac7994092daec1b11ca635bd5c3585a36');
CREATE TABLE source_mark (
	mark TEXT NOT NULL, 
	source TEXT NOT NULL, 
	PRIMARY KEY (mark)
);
INSERT INTO "source_mark" VALUES('https://example.org/wire','wire');
CREATE TABLE tree_node (
	level INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	hash BLOB NOT NULL, 
	PRIMARY KEY (level, number)
)
 WITHOUT ROWID

;
CREATE TABLE word_index (
	version TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = "ascii tokenchars '%'");
CREATE VIRTUAL TABLE word_entry USING fts5vocab ('words', 'instance');
INSERT INTO "word_index" VALUES('1',4);
INSERT INTO "words" (rowid, text) VALUES(1,'source2erecorded wire source recorded  小米 米  ');
INSERT INTO "words" (rowid, text) VALUES(2,'buyback2eexecuted acme wire buyback executed 5 million  小米 米  ');
INSERT INTO "words" (rowid, text) VALUES(4,'event2eerased event.erased
legal
');
CREATE INDEX event_company ON event (company, position);
CREATE INDEX event_target ON event (target) WHERE target IS NOT NULL;
CREATE INDEX event_source ON event (source, position);
CREATE INDEX event_merger ON event (position) WHERE kind = 'company.merged';
CREATE INDEX read_item_promise ON read_item (company, topic, partition, seq) WHERE part = 'promises';
CREATE INDEX company_name_folded ON company_name (folded);
CREATE TRIGGER event_insert BEFORE INSERT ON event BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: an event has this id already')
    WHERE EXISTS (SELECT 1 FROM event WHERE id = new.id);
  SELECT RAISE(ABORT, 'the log is append-only: the position is not the next one')
    WHERE new.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM event);
END;
CREATE TRIGGER event_update BEFORE UPDATE ON event BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: events are never changed');
END;
CREATE TRIGGER event_delete BEFORE DELETE ON event BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: events are never deleted');
END;
CREATE TRIGGER body_insert BEFORE INSERT ON body BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: the event has a body already')
    WHERE EXISTS (SELECT 1 FROM body WHERE position = new.position);
  SELECT RAISE(ABORT, 'a body belongs to an event')
    WHERE NOT EXISTS (SELECT 1 FROM event WHERE position = new.position);
  SELECT RAISE(ABORT, 'the event was erased')
    WHERE EXISTS (
      SELECT 1 FROM event JOIN event AS erasure ON erasure.target = event.id
      WHERE event.position = new.position AND erasure.kind = 'event.erased');
END;
CREATE TRIGGER body_update BEFORE UPDATE ON body BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: bodies are never changed');
END;
CREATE TRIGGER body_delete BEFORE DELETE ON body BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: a body is deleted only after its erasure is recorded')
    WHERE NOT EXISTS (
      SELECT 1 FROM event JOIN event AS erasure ON erasure.target = event.id
      WHERE event.position = old.position AND erasure.kind = 'event.erased');
END;
CREATE TRIGGER checkpoint_insert BEFORE INSERT ON checkpoint BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: a checkpoint is larger than those before it')
    WHERE new.size <= (SELECT max(size) FROM checkpoint);
END;
CREATE TRIGGER checkpoint_update BEFORE UPDATE ON checkpoint BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: checkpoints are never changed');
END;
CREATE TRIGGER checkpoint_delete BEFORE DELETE ON checkpoint BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: checkpoints are never deleted');
END;
CREATE VIEW "buyback_executions" AS SELECT item.company AS "company", json_extract(item.data, '$."occurred"') AS "occurred", json_extract(item.data, '$."shares"') AS "shares", CAST(json_extract(item.data, '$."shares"') AS REAL) AS "shares_number" FROM read_item AS item WHERE item.topic = 'buybacks' AND item.part = 'table:executions';
COMMIT;
