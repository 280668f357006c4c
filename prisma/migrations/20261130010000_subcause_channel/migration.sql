-- In which channel a failure counts: a row for each subcause and entry mode, where an empty entry mode stands
-- for an unknown one. Ecommerce has no row, because no card met a terminal. channelOf in
-- lib/fleet/code-packs/channel.ts says the same, and a test compares the two. Takes no lock that others wait
-- for.
set local lock_timeout = '10s';

create table subcause_channel (
  subcause text not null,
  entry_mode text not null,
  channel text not null,
  constraint subcause_channel_pkey primary key (subcause, entry_mode)
);
grant select on subcause_channel to tillwatch_app, tillwatch_worker;

insert into subcause_channel (subcause, entry_mode, channel)
with felt (class, subcause) as (
  select 'read', unnest(array[
      'bad_track_data', 'card_damaged', 'card_read_error', 'card_reader_failure', 'chip_data_error',
      'chip_failed_fallback', 'chip_read_error', 'chip_reader_module_failure',
      'contactless_end_application', 'contactless_module_failure', 'contactless_read_error',
      'contactless_torn', 'encrypted_card_data_invalid', 'magstripe_module_failure', 'magstripe_read_error',
      'reenter_after_misread', 'reenter_transaction'])
  union all
  select 'tech', unnest(array[
      'acquirer_state_invalid', 'barcode_scanner_failure', 'batch_number_mismatch', 'cannot_route',
      'certificate_or_signature_error', 'channel_not_configured', 'clock_error', 'communication_failure',
      'communication_parameters_missing', 'communication_port_error', 'communication_timeout',
      'configuration_file_error', 'contact_acquirer', 'cutover_in_progress', 'device_busy',
      'device_hardware_failure', 'dukpt_exhausted', 'emv_file_error', 'emv_kernel_error',
      'emv_parameters_missing', 'fee_unacceptable', 'file_update_admin', 'font_library_missing',
      'function_not_supported', 'host_address_or_connect_failure', 'host_database_error', 'host_hsm_error',
      'host_security_processing_failed', 'integration_or_api_error', 'invalid_response',
      'issuer_no_response', 'issuer_or_switch_inoperative', 'journal_write_error', 'key_sync_error',
      'line_binding_mismatch', 'low_battery_or_power', 'mac_error_key_sync', 'merchant_disabled_or_risk',
      'merchant_not_registered', 'message_build_error', 'message_format_error', 'message_out_of_sequence',
      'message_parse_error', 'no_network', 'not_permitted_to_terminal', 'os_permission_or_setting',
      'parameters_missing_or_stale', 'peripheral_missing_or_disconnected', 'pin_block_or_pin_key_error',
      'pin_length_error', 'pinpad_communication_failure', 'pinpad_failure', 'printer_busy',
      'printer_cartridge', 'printer_cover_open', 'printer_failure', 'printer_out_of_paper',
      'printer_overheated', 'printer_paper_jam', 'rate_limited', 'receipt_generation_failed',
      'reconciliation_error', 'request_in_progress', 'response_field_mismatch', 'response_timeout',
      'reversal_file_error', 'security_violation', 'service_not_available', 'session_expired',
      'software_update_failed', 'software_version_unsupported', 'storage_full', 'storage_write_error',
      'suspected_malfunction', 'system_malfunction', 'tamper_detected', 'terminal_blocked_by_host',
      'terminal_key_missing_or_bad', 'terminal_not_registered', 'terminal_software_error',
      'track_decryption_failed', 'unable_to_go_online'])
  union all
  select 'issuer', unnest(array[
      'account_closed', 'account_frozen_or_status', 'account_type_missing',
      'additional_authentication_needed', 'amount_over_limit', 'approved', 'approved_pending_confirmation',
      'approved_with_id', 'blocked_by_cardholder', 'card_inactive_or_dormant', 'card_not_yet_effective',
      'card_replaced', 'card_type_not_supported', 'card_verification_failed_cvn',
      'cardholder_identity_mismatch', 'chip_application_blocked', 'chip_card_blocked',
      'chip_cryptogram_failed', 'chip_declined_offline', 'count_over_limit', 'cryptographic_failure',
      'expired_card', 'generic_error', 'informational', 'initial_pin_not_changed', 'insufficient_funds',
      'insufficient_points', 'invalid_card_number', 'issuer_authentication_failed',
      'issuer_cannot_approve_now', 'issuer_error', 'issuer_generic_decline', 'issuer_never_approves',
      'issuer_script_failed', 'legal_or_regulatory_block', 'lost_or_stolen', 'merchant_or_terminal_limit',
      'no_action_taken', 'no_card_record', 'no_common_emv_application', 'no_such_issuer_bin',
      'not_permitted_to_cardholder', 'partial_approval', 'passbook_items_over_limit', 'pickup_capture_card',
      'pin_tries_exceeded', 'refer_to_issuer', 'reserved_or_not_a_decline', 'restricted_card',
      'risk_control_block', 'stop_payment_or_revoked', 'suspected_fraud', 'unmapped', 'unspecified'])
  union all
  select 'user', unnest(array[
      'cancelled_by_user', 'card_left_in_field', 'card_left_in_reader', 'card_presentation_timeout',
      'card_removed_early', 'cardholder_verification_failed', 'duplicate_transaction', 'expiry_data_wrong',
      'fallback_refused_use_chip', 'input_data_invalid', 'input_timeout', 'invalid_amount',
      'invalid_related_transaction', 'invalid_transaction', 'multiple_cards_presented',
      'operator_or_manager_password', 'order_number_reused', 'original_amount_mismatch',
      'original_transaction_not_found', 'pin_input_abnormal', 'pin_not_entered',
      'qr_code_invalid_or_expired', 'see_phone_cdcvm', 'settlement_required', 'terminal_not_signed_in',
      'use_another_interface', 'user_entering_password', 'wrong_pin', 'wrong_pin_or_card_data',
      'wrong_procedure']))
select f.subcause, m.entry_mode,
       case when f.class <> 'read' then f.class
            when m.entry_mode <> '' then m.reader
            when f.subcause like 'contactless%' then 'contactless'
            when f.subcause like 'magstripe%' then 'magstripe'
            else 'chip' end
  from felt f
 cross join (values ('chip', 'chip'), ('fallback', 'chip'), ('contactless', 'contactless'),
                    ('swipe', 'magstripe'), ('manual', 'user'), ('qr', 'user'), ('', ''))
            as m (entry_mode, reader)
 order by 1, 2;
