-- Health of a KafkaFlinkPipeline for Argo CD. Waiting is Progressing, because Degraded ends a sync of several waves;
-- Degraded is only what nothing but a change by a person helps.
local health = {status = "Progressing", message = "Waiting for the KafkaFlink operator"}
if obj.status == nil or obj.status.conditions == nil then
  return health
end
-- A status of an earlier spec says nothing about this one; 2 s after a sync Argo CD would take it for done.
if obj.status.observedGeneration ~= obj.metadata.generation then
  health.message = "Waiting for the KafkaFlink operator to see the change"
  return health
end
local conditions = {}
for _, condition in ipairs(obj.status.conditions) do
  conditions[condition.type] = condition
end
local function is(name)
  return conditions[name] ~= nil and conditions[name].status == "True"
end
local function say(name)
  local condition = conditions[name]
  if condition ~= nil then
    health.message = (condition.reason or name) .. ": " .. (condition.message or "")
  end
end
say("Ready")
if obj.metadata.deletionTimestamp ~= nil then
  -- From its first look on, the operator says in Ready what it waits for.
  if conditions.Ready == nil or conditions.Ready.reason ~= "Deleting" then
    health.message = "Waiting for the KafkaFlink operator to take the pipeline down"
  end
elseif is("Stalled") then
  health.status = "Degraded"
  say("Stalled")
elseif is("Reconciling") then
  say("Reconciling")
elseif is("Suspended") then
  health.status = "Suspended"
  say("Suspended")
elseif is("Ready") then
  health.status = "Healthy"
end
return health
