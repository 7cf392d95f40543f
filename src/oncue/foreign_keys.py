"""What other systems, and people, call the keys of the files and the options of the commands.

As `oncue.foreign_words`, which says how the tables are read.
"""

from oncue.foreign_words import ForeignWords

FLOW_KEYS = ForeignWords(
    signs=("trigger", "steps"),
    here={
        "name": "title label flow_name alias display_name",
        "description": "desc comment notes summary about",
        "enabled": "active is_active on activated live published is_enabled status state",
        "trigger": "triggers event start starts_on",
        "when": "condition conditions if rule rules filter filters only_if where",
        "steps": "step actions action then do tasks nodes sequence commands actions_list execute",
    },
    nowhere={
        "to switch a flow off write enabled = false": "disabled inactive off paused draft deactivated is_disabled",
        "the event of a flow is in its table [trigger]": "channel instance participant_types message_types",
        "flows that start on the same event all run, in the order of their ids": "priority order position weight stop",
        "how often a flow starts is said in [when]: once_per, cooldown": """
            once once_per cooldown limit max_runs throttle run_once rate_limit frequency
        """,
        "at which hours a flow starts is said in [when]: during_hours, outside_hours": """
            schedule hours office_hours business_hours
        """,
        "a flow starts at once; a step of type wait delays the steps below it": "delay wait after timeout",
        "the id is the file's name": "uuid flow_id key slug",
    },
)

TRIGGER_KEYS = ForeignWords(
    signs=("event", "message_types"),
    here={
        "event": "events type event_type event_name on kind when action topic event_kind",
        "channel": "channels platform source medium channel_type via",
        "instance": """
            instances inbox inbox_id number phone phone_number mailbox page account to channel_id channel_instance
            instance_id
        """,
        "participant_types": """
            participant_type participants participant sender senders sender_type sender_types from by who author
            authors author_type initiator initiators include_participant_types only_participant_types user_type
             roles role
        """,
        "message_types": """
            message_type messages message content_type content_types message_kinds media_type include_message_types
        """,
    },
    nowhere={
        "a trigger lists whom it listens to; list the others in participant_types": """
            exclude_participant_types excluded_participant_types not_participant_types without_participant_types
            ignore_participant_types except_participant_types exclude_participants ignore exclude except not unless
            except_participants ignore_participants
        """,
        "a trigger lists what it listens to; list the others in message_types": """
            exclude_message_types excluded_message_types not_message_types without_message_types ignore_message_types
            except_message_types exclude_messages
        """,
        "the text of a message is looked at in [when]: text_any, text_all, text_none, text_starts": """
            text keyword keywords contains pattern regex body content starts_with matches subject phrase query
        """,
        "the conversation is looked at in [when]: responsible, labels, present, reopened and others": """
            status label labels assignee team priority responsible attributes conversation condition conditions
            filter filters
        """,
        "the time is looked at in [when]: during_hours, outside_hours": """
            hours schedule office_hours business_hours days timezone at after time
        """,
        "a flow is switched off by enabled = false at the top of its file": "enabled disabled active",
        "it belongs to the flow: write it above [trigger]": "name description tags title",
    },
)

WHEN_KEYS = ForeignWords(
    signs=("text_any", "once_per"),
    here={
        "text_any": """
            keyword keywords contains contains_any contain text body content message_contains phrase phrases word words
            query includes any_of matches
        """,
        "text_all": "contains_all all_of every_word",
        "text_none": "not_contains does_not_contain contains_none excludes exclude without_text none_of",
        "text_starts": "starts_with begins_with prefix begins",
        "participants": "participant sender senders from author who by contacts names",
        "attributes": "attribute contact_attributes custom_attributes fields properties contact",
        "started_by": "initiated_by created_by initiator opened_by",
        "present": "participant_types has_participant includes_participant joined",
        "absent": "without_participants not_present missing",
        "responsible": "assignee assigned assigned_to owner agent team assignee_id owner_id unassigned",
        "labels": "label tags tag has_label has_tag",
        "without_labels": "not_labels without_label without_tags not_tags excluded_labels",
        "first_message": "is_first_message new_contact first first_contact",
        "reopened": "is_reopened was_closed closed_before",
        "during_hours": "hours business_hours office_hours opening_hours within_hours schedule in_business_hours",
        "outside_hours": "after_hours out_of_hours outside_business_hours outside_office_hours off_hours closed",
        "once_per": "once frequency run_once limit once_only max_runs",
        "cooldown": "throttle interval rate_limit debounce wait every min_interval",
    },
    nowhere={
        "phrases are looked for as words, and there are no regular expressions; * is the rest of a word": """
            regex regexp pattern match_regex
        """,
        "every line of [when] has to hold": "and or all any not operator logic",
        "the event, the channel and the types are in [trigger]": "event channel instance message_types message_type",
    },
)

HOURS_KEYS = ForeignWords(
    signs=("timezone", "closed_on"),
    here={
        "id": "name key slug",
        "timezone": "tz zone",
        "days": "weekdays weekday on",
        "from": "start begin opens open start_time open_time since",
        "to": "end until closes close end_time close_time till",
        "closed_on": "holidays holiday closed except exceptions dates",
    },
)

SCENARIO_KEYS = ForeignWords(
    signs=("name", "events", "delivery"),
    here={
        "name": "title label",
        "description": "desc comment about",
        "events": "event steps messages script conversation sequence turns",
        "delivery": "deliver order faults fault",
    },
    nowhere={"what is expected is said of each event": "expect expected expectations expect_effects assert"},
)

EVENT_KEYS = ForeignWords(
    signs=("event", "participant", "message"),
    here={
        "event": "type event_type event_name kind topic action",
        "instance": "inbox number phone phone_number mailbox page to channel_id inbox_id instance_id",
        "channel": "platform source medium channel_type",
        "conversation": "conversation_id chat thread ticket chat_id room session room_id thread_id",
        "participant": "participants sender from author contact user by who actor customer member",
        "message": "messages text body content lastMessage payload",
        "expect": "expected expects expectation should_start flows starts assert",
        "expect_effects": "effects expected_effects expect_effect then",
        "delivery": "deliver delivered",
        "after": "delay wait wait_for offset later since",
        "at": "time timestamp date created_at ts occurred_at datetime event_time",
        "id": "event_id uuid",
    },
)

SCRIPTED_KEYS = ForeignWords(
    signs=("event", "expect", "delivery"),
    here={
        "instance": "account",
        "at": "time timestamp date created_at ts datetime when",
        "after": "delay wait sleep later_by pause",
    },
    nowhere={
        "an event names its instance, which is on one channel": "channel platform source medium channel_type",
    },
)

INSTANCE_KEYS = ForeignWords(
    signs=("external_ids", "channel"),
    here={
        "id": "key slug instance_id uuid",
        "channel": "type platform channel_type kind",
        "name": "title label display_name",
        "external_ids": """
            external_id number numbers phone phone_number address email ids aliases identifier identifiers
            channel_id page_id
        """,
        "flows_write_as": "writes_as write_as flows_as sender_type flow_type shown_as flow_writes_as bot",
    },
)

PERSON_KEYS = ForeignWords(
    signs=("type", "id", "name"),
    here={
        "type": "kind role participant_type user_type sender_type",
        "id": "user_id contact_id participant_id uuid key",
        "name": "display_name full_name first_name username title",
    },
)

TEXT_KEYS = ForeignWords(
    signs=("type", "text"),
    here={
        "text": "message body content template value note caption msg comment",
        "message_type": "as kind content_type format messageType",
        "participant_types": "participants to recipients who whom participant_type for",
    },
)

STEP_KEYS = ForeignWords(
    signs=("type", "agent"),
    here={
        "agent": "assignee name user to agent_name owner who operator agent_id bot",
        "participant_type": "kind role as user_type assignee_type",
    },
)

TEAM_KEYS = ForeignWords(
    signs=("type", "team"), here={"team": "name group department queue to team_name team_id group_id assignee"}
)

WAIT_KEYS = ForeignWords(
    signs=("type", "for"), here={"for": "duration time delay seconds minutes hours timeout until amount text"}
)

LABEL_KEYS = ForeignWords(signs=("type", "label"), here={"label": "labels tag tags name text value label_id tag_id"})

ATTRIBUTE_KEYS = ForeignWords(
    signs=("type", "attributes"),
    here={"attributes": "attribute set values fields custom_attributes data properties"},
)

JOIN_KEYS = ForeignWords(
    signs=("participant_type", "name"),
    here={
        "participant_type": "kind role who participant user_type",
        "name": "participant_name agent bot contact user display_name",
    },
)

EFFECT_KEYS = ForeignWords(
    signs=("messages", "assignee"),
    here={
        "messages": "message sent texts text replies reply",
        "notes": "note private_notes",
        "assignee": "agent team assigned assigned_to responsible owner",
        "labels": "label tags tag",
        "closed": "is_closed status resolved close",
    },
    nowhere={"write closed = false": "open opened"},
)

OPTIONS = ForeignWords(
    signs=("--event", "--participant"),
    here={
        "--event": "--trigger --on --event-type --kind --topic --action",
        "--channel": "--platform --source --via --channel-type",
        "--instance": "--inbox --number --phone --mailbox --page --to --account",
        "--participant": "--from --sender --by --author --who --participant-type --user-type --role --sender-type",
        "--name": "--participant-name --sender-name --user --who-name",
        "--message": "--type --message-type --content-type --msg-type",
        "--text": "--body --content --message-text --msg",
        "--explain": "--why --verbose --reason --explanation --debug --details",
        "--format": "--output --style --json --output-format",
    },
    nowhere={
        "an event from options has no time": "--at --time --date --timestamp --when --now",
        "an event from options is in no conversation": "--conversation --conversation-id --chat --thread --id",
    },
)

CHECK_KEYS = ForeignWords(
    signs=("select", "ignore"),
    here={
        "select": "enable enabled include only codes rules extend_select",
        "ignore": "disable disabled exclude skip ignored ignores extend_ignore off",
    },
)

KEYS = (
    FLOW_KEYS,
    TRIGGER_KEYS,
    WHEN_KEYS,
    HOURS_KEYS,
    SCENARIO_KEYS,
    EVENT_KEYS,
    SCRIPTED_KEYS,
    INSTANCE_KEYS,
    PERSON_KEYS,
    TEXT_KEYS,
    STEP_KEYS,
    TEAM_KEYS,
    WAIT_KEYS,
    LABEL_KEYS,
    ATTRIBUTE_KEYS,
    JOIN_KEYS,
    EFFECT_KEYS,
    CHECK_KEYS,
    OPTIONS,
)
