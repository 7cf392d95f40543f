"""What other systems call the things that oncue has, and what they have that oncue has not.

Words are advised on by meaning before spelling: ``participant_left`` is ``participant_removed`` here, although it is
spelt more like ``participant_added``, and a ``message_read`` is no event at all. The words are those of the WhatsApp
Cloud API, Twilio, Sunshine Conversations, Zendesk, Intercom, Front, Freshchat, Chatwoot, Bird, Slack, Telegram, Matrix
and of everyday speech. This module is data; `oncue.suggestions` makes sentences of it.

How a word is written does not matter: ``conversation.closed``, ``conversationClosed`` and ``CONVERSATION_CLOSED`` are
one. What they call keys and options is in `oncue.foreign_keys`. Tests hold the tables to the vocabulary: what a word is
said to be exists, and no word of ours is called foreign.
"""

from collections.abc import Mapping
from typing import NamedTuple


class ForeignWords(NamedTuple):
    """The foreign words for one vocabulary.

    ``signs`` are words of ours by which a list of choices is recognised as this vocabulary: all are in it, and in no
    other. ``here`` has the foreign words (separated by blanks) for each word of ours, or for each *a | b* where it may
    be either. ``nowhere`` has those for which there is nothing, under a sentence that says so.
    """

    signs: tuple[str, ...]
    here: Mapping[str, str]
    nowhere: Mapping[str, str] = {}


EVENTS = ForeignWords(
    signs=("conversation_created", "message_created"),
    here={
        "conversation_created": """
            conversation_added conversation_create conversation_started conversation_start conversation_begin
            conversation_new new_conversation conversation_initiated conversation_user_created
            conversation_admin_single_created onConversationAdded chat_started chat_created chat_opened new_chat
            ticket_created new_ticket ticket_added thread_created session_started room_created m.room.create im_created
            channel_created mpim_open create_conversation start_conversation welcome first_message
        """,
        "participant_added": """
            participant_joined participant_join participant_create participant_created participant_connected
            member_added member_joined member_join member_joined_channel new_chat_members new_chat_member user_joined
            user_added agent_joined agent_added customer_joined contact_joined contact_added bot_added joined join
            onParticipantAdded conversation_join conversation_contact_attached contact_attached added_to_conversation
            channel_join group_join
        """,
        "participant_removed": """
            participant_left participant_leave participant_deleted participant_delete participant_kicked
            participant_disconnected member_removed member_left member_leave member_left_channel left_chat_member
            left_chat_members user_left user_removed agent_left agent_removed customer_left contact_left contact_removed
            bot_removed left leave kicked onParticipantRemoved conversation_leave conversation_contact_detached
            contact_detached removed_from_conversation channel_leave group_leave
        """,
        "participant_added | participant_removed": "m.room.member my_chat_member chat_member participant_updated",
        "message_created": """
            message_added message_create message_received message_receive message_new new_message message_posted
            message_incoming incoming_message inbound_message message_inbound incoming inbound message messages
            messages_upsert message_upsert onMessageAdded conversation_message conversation_user_replied
            conversation_admin_replied conversation_replied reply_created replied comment_created comment_added
            ticket_comment_added m.room.message chat_message whatsapp_inbound sms_inbound email_inbound
            communication_created channel_post message_in text_received
        """,
        "conversation_created | message_created": "created new inbound_received",
    },
    nowhere={
        "oncue has no event for a conversation that is closed": """
            conversation_closed conversation_close conversation_resolved conversation_ended conversation_end
            conversation_finished conversation_completed conversation_archived conversation_admin_closed
            conversation_resolve chat_closed chat_ended ticket_closed ticket_solved ticket_resolved session_ended closed
            resolved ended
        """,
        "oncue has no event for a conversation that is opened again": """
            conversation_opened conversation_open conversation_reopened conversation_reopen conversation_admin_opened
            conversation_unsnoozed conversation_admin_unsnoozed ticket_reopened ticket_opened opened reopened
            conversation_unarchived
        """,
        "oncue has no event for an assignment; an agent who is assigned and was absent is a participant_added": """
            conversation_assigned conversation_assign conversation_unassigned conversation_assignee_changed
            conversation_admin_assigned assignee_changed agent_assigned agent_unassigned assigned unassigned
            ticket_assigned owner_changed owner_change team_changed conversation_transferred conversation_handover
            handover pass_thread_control switchboard_passControl conversation_routed
        """,
        "oncue has no event for a change of status, labels or attributes": """
            conversation_status_changed conversation_updated conversation_update conversation_changed status_changed
            conversation_snoozed conversation_admin_snoozed conversation_priority_updated conversation_tagged
            conversation_label_added conversation_part_tag_created tag_added tag_removed label_added label_removed
            ticket_updated ticket_changed onConversationUpdated onConversationStateUpdated conversation_state_updated
            contact_updated contact_created user_updated user_merged custom_attribute_changed attribute_changed
            m.room.topic m.room.name channel_topic channel_name chat_updated
            conversation_rated conversation_rating_added
        """,
        "oncue has no event for a deleted conversation": """
            conversation_deleted conversation_delete conversation_removed conversation_remove onConversationRemoved
            chat_deleted ticket_deleted
        """,
        "oncue has no event for a receipt: who listens to receipts answers each message several times": """
            message_read message_seen message_opened message_delivered message_sent message_failed message_status
            message_status_updated message_ack message_acknowledged messages_update status_update statuses status
            read_receipt read delivered delivery receipt seen sent failed onDeliveryUpdated conversation_read
            conversation_message_delivery message_delivery message_outbound outbound message_undelivered m.receipt
            message_clicked message_echoes
        """,
        "oncue has no event for an edited message": """
            message_updated message_update message_edited message_edit message_changed edited_message
            edited_channel_post onMessageUpdated message_replaced m.replace
        """,
        "oncue has no event for a deleted message": """
            message_deleted message_delete message_removed message_revoked message_retracted message_redacted
            onMessageRemoved m.room.redaction conversation_part_redacted messages_delete message_unsent
        """,
        "oncue has no event for a reaction": """
            reaction_added reaction_removed reaction message_reaction message_reactions messages_reaction m.reaction
            reaction_created message_liked
        """,
        "oncue has no event for typing or presence": """
            typing typing_on typing_off typing_started typing_stopped conversation_typing conversation_typing_on
            conversation_typing_off user_typing presence presence_update m.typing online offline user_online
            agent_online agent_offline
        """,
        "oncue has no event for a note": """
            note_added note_created note private_note internal_note comment_internal conversation_admin_noted
            conversation_noted
        """,
        "oncue has no event for a button; an answer by button is a message_created of the type text": """
            callback_query button_clicked button_pressed postback conversation_postback interactive interaction
            block_actions quick_reply
        """,
        "oncue has no event for a call": "call call_started call_ended call_missed voice_call incoming_call",
        "oncue has no event for time that passes": """
            timer schedule scheduled cron timeout inactivity conversation_inactive conversation_idle idle no_reply
            sla_breached delay elapsed
        """,
        "oncue has no event for a referral or an opt-out": """
            referral conversation_referral opt_in opt_out unsubscribed subscribed webwidget_triggered
        """,
    },
)

PARTICIPANT_TYPES = ForeignWords(
    signs=("contact", "access_key"),
    here={
        "contact": """
            contacts customer customers client clients end_user endusers visitor visitors lead leads guest
            guests consumer requester patient subscriber person incoming sender anonymous external shopper buyer
        """,
        "agent": """
            agents user users human humans operator operators admin admins administrator teammate teammates staff
            employee colleague supervisor member team_member representative rep support advisor business owner assignee
            internal moderator expert
        """,
        "bot": """
            bots agent_bot chatbot ai assistant ai_agent ai_assistant llm llmbot answer_bot
            captain captain_assistant virtual_agent virtual_assistant robot copilot fin bot_message
        """,
        "flow": "flows workflow workflows journey journeys flowrun flow_builder scenario studio_flow",
        "access_key": """
            api api_key api_user api_client app application integration integrations webhook webhooks
            token service_account rest machine developer sdk
        """,
        "connector": "connectors campaign campaigns broadcast broadcasts bulk marketing newsletter mailing",
        "channel": "channels echo echoes channel_echo from_me native_app business_app page platform phone",
        "automation": "automations rule rules automation_rule automation_rules trigger triggers macro macros action",
    },
    nowhere={
        "a participant type says what somebody is, and oncue has none for a team": "team teams group groups department",
        "oncue has no participant type for the system itself": "system activity server platform_system notice",
        "everybody is meant when participant_types is left out": "all any anybody anyone everybody everyone *",
        "nobody is no participant type": "none nobody no_one",
    },
)

MESSAGE_TYPES = ForeignWords(
    signs=("text", "carousel"),
    here={
        "text": """
            texts plain plain_text string conversation extended_text extendedTextMessage button
            button_reply quick_reply postback reply list_reply button_response interactive_reply
            form_response chat sms emote m.text m.notice m.emote
        """,
        "html": "rich_text email mail incoming_email markdown formatted article email_body",
        "image": "images photo photos picture pictures pic sticker stickers jpg jpeg png webp m.image m.sticker",
        "file": """
            files audio voice video videos document documents doc pdf attachment attachments media voice_note
            voice_message voicemail ptt video_note music sound recording spreadsheet m.file m.audio m.video file_share
        """,
        "gif": "gifs animation animated animated_gif",
        "location": "locations venue place position map geo coordinates live_location m.location",
        "carousel": "carousels cards card gallery product_carousel generic",
        "list": "lists list_message interactive_list menu form select input_select options choices",
        "section": "sections multipart mixed composite",
        "authentication": "otp one_time_password auth code verification verification_code passcode",
        "template": "templates hsm message_template highly_structured_message whatsapp_template content_template",
        "action": "actions call_permission_request permission_request request",
    },
    nowhere={
        "oncue has no message type for a reaction": "reaction reactions emoji like m.reaction",
        "oncue has no message type for a story": "story story_mention story_reply ig_story ig_reel reel share",
        "oncue has no message type for a note: a note is no message": """
            note notes private_note private internal internal_note comment whisper
        """,
        "oncue has no message type for a contact card": "contact contacts contact_card vcard",
        "oncue has no message type for a call": "call voice_call video_call phone_call phone missed_call",
        "oncue has no message type for an order or a product": "order product products product_list catalog invoice",
        "oncue has no message type for a poll or a rating": "poll quiz survey rating csat input_csat dice game",
        "oncue has no message type for a message of the system": "system activity service unsupported unknown",
        "who wrote is said by participant_types": "incoming outgoing inbound outbound",
        "every type is meant when message_types is left out": "all any anything everything *",
    },
)

STEP_TYPES = ForeignWords(
    signs=("send_message", "assign_agent"),
    here={
        "send_message": """
            message send reply respond answer say send_text send_reply send_template send_image send_file send_email
            send_sms send_media send_msg text auto_reply post_message post chat_postMessage
            create_message createChannelMessage createConversationMessage
            send_whatsapp send_attachment
        """,
        "assign_agent": """
            assign assign_to assign_user assign_conversation assign_to_agent assignee set_assignee route route_to_agent
            create_item_route handoff handover handoff_to_agent transfer transfer_to_agent escalate
            assign_owner set_owner assign_admin assign_operator assign_teammate pass_control
        """,
        "assign_team": """
            assign_to_team assign_group assign_to_group set_team set_group assign_department assign_to_department
            assign_queue assign_to_queue route_to_team route_to_group transfer_to_team transfer_to_department
            handoff_to_team
        """,
        "unassign": """
            unassign_agent unassign_team unassign_conversation remove_assignee release remove_assignment clear_assignee
            remove_assigned_agent remove_assigned_team return_to_queue
        """,
        "assign_agent | add_participant": "add_agent add_user add_operator invite_agent",
        "add_note": """
            note private_note internal_note add_private_note create_note send_note comment add_comment create_comment
            post_note leave_note summarize summary add_internal_note add_summary
        """,
        "notify_participants": """
            notify notify_all notify_agent notify_agents notify_team alert send_notification notification notify_users
            notify_participant ping
        """,
        "update_contact": """
            set_attribute set_attributes set_contact_attribute update_attributes update_attribute set_contact
            edit_contact create_or_update_contact add_contact_attribute set_custom_attribute set_field update_customer
            update_user upsert_contact
        """,
        "add_participant": """
            invite join add_member add_bot add_contact ensure_participant add_to_conversation add_customer
            create_participant invite_participant add_people
        """,
        "remove_participant": """
            kick leave remove_member remove_agent remove_bot remove_contact delete_participant remove_user
            remove_customer remove_from_conversation
        """,
        "add_label": """
            add_tag add_labels add_tags tag label set_label set_tag set_labels set_tags tag_conversation
            label_conversation attach_tag apply_label apply_tag
        """,
        "remove_label": """
            remove_tag remove_labels remove_tags untag unlabel delete_tag delete_label detach_tag untag_conversation
            clear_tag
        """,
        "wait": "delay sleep pause timer schedule wait_for wait_until add_delay time_delay wait_time",
        "reopen_conversation": "open open_conversation reopen unarchive reopen_ticket open_ticket unresolve unclose",
        "close_conversation": """
            close resolve end finish resolve_conversation end_conversation close_chat end_chat archive
            archive_conversation close_ticket solve conversation_close terminate_conversation complete_conversation
        """,
    },
    nowhere={
        "oncue has no step for priorities": "set_priority change_priority priority",
        "closing and reopening are steps of their own, and a conversation has no other status": """
            set_status change_status toggle_status update_status
        """,
        "oncue has no step that mutes or puts off a conversation": """
            mute mute_conversation unmute snooze snooze_conversation unsnooze pending mark_pending block block_contact
            spam
        """,
        "oncue has no step that starts another conversation": "start_conversation create_conversation",
        "oncue has no step that branches; make a flow for each case": """
            if condition conditional branch switch choose split else goto jump loop repeat stop terminate end_flow
        """,
        "oncue has no step that calls another system": """
            http http_request webhook send_webhook call_webhook call_api api_call request script run_script
            call_function function fetch run_flow start_flow trigger_flow call_flow ai ai_reply llm
        """,
        "oncue has no step that asks and waits for an answer": """
            ask question prompt collect_input ask_question form wait_for_reply
        """,
        "oncue has no step that changes or deletes messages": """
            edit_message update_message delete_message react add_reaction pin_message send_typing typing
        """,
        "oncue has no step that computes": "set_variable set_variables calculate assign_variable save_value date",
    },
)

DELIVERIES = ForeignWords(
    signs=("once", "swapped"),
    here={
        "once": "normal default ok on_time in_order ordered exactly_once single single_time one 1",
        "twice": """
            duplicate duplicated duplicates double doubled redelivered redelivery retry retried repeat repeated repeats
            at_least_once two 2 again copy
        """,
        "swapped": "swap reordered reorder out_of_order unordered disordered reversed after_next overtaken shuffled",
        "late": "delayed delay last at_the_end deferred slow postponed behind end",
    },
    nowhere={
        "oncue has no delivery that never comes": "never lost dropped drop missing not_delivered failed lose skipped",
        "oncue has no delivery of more than two copies": "thrice triple three 3 many",
    },
)

PLACEHOLDERS = ForeignWords(
    signs=("participant.name", "flow.id"),
    here={
        "participant.name": """
            participant contact contact.name customer.name customer user.name name first_name full_name
            contact.first_name customer.first_name user.first_name visitor.name sender.name
            author.name from.name contact.full_name lead.name recipient.name contact.displayName participant.first_name
            participant.displayName author sender user.full_name requester.name
            ticket.requester.name ticket.requester.first_name
        """,
        "participant.type": "sender.type contact.type author.type user.type role",
        "participant.id": """
            contact.id customer.id user.id sender.id author.id
             from.id requester.id
        """,
        "conversation.id": """
            conversation ticket.id chat.id thread.id session.id
            conversation.display_id conversation.conversationId room_id
        """,
        "conversation.channel": "channel channel.name channel.type source platform conversation.source",
        "conversation.instance": """
            inbox inbox.name instance instance.name number channel.number page.name account.name
            conversation.inbox mailbox mailbox.name
        """,
        "conversation.assignee": """
            agent.name agent assignee assignee.name agent.full_name operator.name owner.name admin.name teammate.name
            conversation.assignee.name conversation.agent agent.first_name conversation.owner ticket.assignee.name
            ticket.assignee
        """,
        "conversation.team": "team team.name group.name conversation.team.name department ticket.group.name",
        "conversation.labels": "labels tags conversation.tags ticket.tags conversation.label_list",
        "conversation.last_message": """
            last_message lastMessage.text conversation.last_message.text conversation.summary summary
        """,
        "contact.<attribute>": """
            customer.email user.email email phone company phone_number contact.custom_attribute customer.phone
            user.phone contact.attributes
        """,
        "message.text": """
            message message.body message.content text body content message.message
            input comment.text ticket.latest_comment
        """,
        "message.type": " message.content_type message.kind content_type",
        "flow.id": " workflow.id",
        "flow.name": "flow workflow.name workflow bot.name rule.name",
    },
    nowhere={
        "no placeholder has the subject of a conversation": """
            conversation.subject conversation.title conversation.name subject ticket.title ticket.subject title topic
        """,
        "no placeholder has a last name": "contact.last_name last_name",
        "no placeholder has a date or a time": "date time now today timestamp datetime conversation.created_at day",
        "no placeholder has the status of a conversation": """
            conversation.status status ticket.status conversation.priority
        """,
        "no placeholder has the company": "company.name organization.name brand.name",
    },
)

CHANNELS: Mapping[str, str] = {
    "whatsapp": "wa whatsapp_business waba wpp whatsapp_cloud twilio_whatsapp channel_whatsapp",
    "sms": "mms text text_message sms_messagebird twilio_sms channel_sms channel_twiliosms phone_sms smsc",
    "email": "mail mailbox imap smtp gmail outlook email_sparkpost channel_email postmaster",
    "messenger": "facebook fb facebook_messenger fb_messenger meta facebook_page channel_facebookpage",
    "instagram": "ig insta instagram_direct instagram_dm channel_instagram",
    "telegram": "tg channel_telegram telegram_bot",
    "line": "line_messaging channel_line",
    "wechat": "weixin",
    "rcs": "google_rcs rich_communication_services",
    "apple_messages": "apple imessage apple_business_chat applebc apple_business_messages amb abc",
    "linkedin": "linkedin_pages",
    "voice": "phone call calls voice_messagebird telephone telephony channel_voice",
    "live_chat": """
        web webchat chat widget website web_widget channel_webwidget site_chat chat_widget sdk
         in_app website_chat
    """,
    "twitter": "x x_twitter twitter_dm channel_twitterprofile",
    "tiktok": " channel_tiktok",
    "kakao": "kakaotalk",
    "matrix": "element",
    "api": "channel_api rest",
}
"""What other systems call the channels of the catalogue."""

VALUES = (EVENTS, PARTICIPANT_TYPES, MESSAGE_TYPES, STEP_TYPES, DELIVERIES, PLACEHOLDERS)
