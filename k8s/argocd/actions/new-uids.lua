-- Restarts the job with new source and sink uids, from its savepoint's offsets. The token makes each click a request of its own; the operator carries out each once.
local os = require("os")
obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["kafkaflink.io/request"] = "new-uids/" .. os.date("!%Y%m%dT%H%M%SZ")
return obj
