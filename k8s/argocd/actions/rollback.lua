-- Takes the job back to the revision before the upgrade under way. The token makes each click a request of its own; the operator carries out each once.
local os = require("os")
obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["kafkaflink.io/request"] = "rollback/" .. os.date("!%Y%m%dT%H%M%SZ")
return obj
