-- Stops the job with a savepoint. Git does not own the annotation, so that a sync does not take it away.
obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["kafkaflink.io/suspend"] = "true"
return obj
