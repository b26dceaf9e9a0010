-- Takes the suspend action back. A pipeline with spec.suspend in Git stays suspended.
obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["kafkaflink.io/suspend"] = nil
return obj
