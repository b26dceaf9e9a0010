local annotations = obj.metadata.annotations or {}
local suspended = annotations["kafkaflink.io/suspend"] == "true"
local function on(condition)
  return {["disabled"] = not condition}
end
local stalled, upgrading = false, false
if obj.status ~= nil then
  for _, condition in ipairs(obj.status.conditions or {}) do
    if condition.type == "Stalled" then
      stalled = condition.status == "True"
    elseif condition.type == "Upgrading" then
      upgrading = condition.status == "True"
    end
  end
end
return {
  ["suspend"] = on(not suspended),
  ["resume"] = on(suspended),
  ["retry"] = on(stalled),
  ["new-uids"] = on(not upgrading),
  ["rollback"] = on(upgrading),
}
